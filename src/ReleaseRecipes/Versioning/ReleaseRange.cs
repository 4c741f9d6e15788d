namespace ReleaseRecipes.Versioning;

/// <summary>What was new in one past release: its ancestors without those that an earlier release had.</summary>
/// <param name="Base">The highest release that had some of its ancestors; null for the first.</param>
/// <param name="Commits">The new commits, newest first.</param>
/// <param name="Merged">The commits that its highest predecessor lacks, but a release of another line has.</param>
sealed record ReleaseRange(VersionTag? Base, IReadOnlyList<ReleaseCommit> Commits, IReadOnlyList<ReleaseCommit> Merged)
{
    /// <summary>Follows the ancestors of a release, children before parents, until an earlier release has all that are left.</summary>
    /// <param name="graph">The history.</param>
    /// <param name="release">The release.</param>
    /// <param name="from">The highest release among its ancestors.</param>
    /// <param name="newestFirst">All releases with their commits' numbers, by position in the graph.</param>
    public static ReleaseRange Of(
        HistoryGraph graph,
        VersionTag release,
        VersionTag from,
        IReadOnlyList<(int Number, VersionTag Tag)> newestFirst
    )
    {
        var start = graph.Find(release.Commit);
        var marks = new Dictionary<int, Mark> { [start] = new Mark { New = true } };
        var queue = new PriorityQueue<int, int>([(start, -graph.PositionOf(start))]);
        var unmet = 1;
        var commits = new List<int>();
        var merged = new List<int>();
        VersionTag? highest = null;
        var next = 0;
        while (unmet > 0)
        {
            while (
                next < newestFirst.Count
                && (queue.Count == 0 || graph.PositionOf(newestFirst[next].Number) >= graph.PositionOf(queue.Peek()))
            )
            {
                Seed(newestFirst[next++]);
            }

            if (!queue.TryDequeue(out var number, out _))
            {
                break;
            }

            var mark = marks[number];
            unmet -= mark.IsUnmet ? 1 : 0;
            var older = mark.Elsewhere is { } other && other.Version < from.Version;
            if (mark is { New: true, OfFrom: false } && (mark.Shipped || older))
            {
                merged.Add(number);
            }

            if (mark is { New: true, Shipped: false })
            {
                highest = Higher(highest, mark.Elsewhere);
                if (mark.Elsewhere is null)
                {
                    commits.Add(number);
                }
            }

            foreach (var parent in graph.ParentsOf(number))
            {
                Pass(parent, mark);
            }
        }

        return new ReleaseRange(highest, Read(commits), Read(merged));

        ReleaseCommit[] Read(List<int> numbers) => [.. numbers.Order().Where(graph.Has).Select(number => graph[number])];

        void Seed((int Number, VersionTag Tag) other)
        {
            if (other.Number == start)
            {
                return;
            }

            var isAncestor = marks.TryGetValue(other.Number, out var mark) && mark.New;
            if (isAncestor)
            {
                unmet -= mark!.IsUnmet ? 1 : 0;
                mark.Shipped = true;
                mark.OfFrom |= other.Tag == from;
                unmet += mark.IsUnmet ? 1 : 0;
                highest = Higher(highest, other.Tag);
            }
            else if (graph.TimeOf(other.Number) < graph.TimeOf(start) && other.Tag.Version < release.Version)
            {
                Pass(other.Number, new Mark { Elsewhere = other.Tag });
            }
        }

        void Pass(int number, Mark child)
        {
            if (!marks.TryGetValue(number, out var mark))
            {
                marks[number] = mark = new Mark();
                queue.Enqueue(number, -graph.PositionOf(number));
            }

            unmet -= mark.IsUnmet ? 1 : 0;
            mark.New |= child.New;
            mark.Shipped |= child.Shipped;
            mark.OfFrom |= child.OfFrom;
            mark.Elsewhere = Higher(mark.Elsewhere, child.Elsewhere);
            unmet += mark.IsUnmet ? 1 : 0;
        }
    }

    /// <summary>The range as far as it belongs to a component.</summary>
    /// <param name="own">The full hashes of the component's commits; null: all belong.</param>
    public ReleaseRange Only(IReadOnlySet<string>? own) =>
        own is null
            ? this
            : this with
            {
                Commits = [.. Commits.Where(commit => own.Contains(commit.Commit.Hash))],
                Merged = [.. Merged.Where(commit => own.Contains(commit.Commit.Hash))],
            };

    static VersionTag? Higher(VersionTag? left, VersionTag? right) =>
        left is null || right is null ? left ?? right
        : left.Version > right.Version ? left
        : right;

    sealed class Mark
    {
        /// <summary>Whether the release has it.</summary>
        public bool New;

        /// <summary>Whether a release among the ancestors has it.</summary>
        public bool Shipped;

        /// <summary>The highest release on another branch that has it.</summary>
        public VersionTag? Elsewhere;

        /// <summary>Whether the highest predecessor has it.</summary>
        public bool OfFrom;

        public bool IsUnmet => New && !OfFrom;
    }
}
