using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Follows the ancestors of HEAD and of the release tags, newest first, until every line of HEAD's history has met the highest release.
/// Only then is it known which commits are new, and nothing older has to be read.
/// </summary>
sealed class UnreleasedWalk
{
    // Clocks differ: a parent can be dated after its child. Git itself looks five commits further, however close they are in time.
    const int Slack = 32;
    const long SlackSeconds = 24 * 60 * 60;

    readonly Dictionary<string, Node> nodes = [];
    readonly List<Node> read = [];
    readonly IReadOnlyList<VersionTag> releases;
    readonly IReadOnlyList<VersionTag> starts;
    readonly Dictionary<string, VersionTag> byCommit = [];
    VersionTag? reached;
    VersionTag? highest;
    int higher;
    int unmet;
    int slack = Slack;
    long oldest = long.MaxValue;

    /// <summary>Begins a walk.</summary>
    /// <param name="head">The full hash of HEAD.</param>
    /// <param name="highestFirst">The plain releases, those on HEAD left out.</param>
    /// <param name="starts">Those of them that are followed beside HEAD, highest first.</param>
    public UnreleasedWalk(string head, IReadOnlyList<VersionTag> highestFirst, IReadOnlyList<VersionTag> starts)
    {
        releases = highestFirst;
        this.starts = starts;
        foreach (var tag in highestFirst)
        {
            byCommit.TryAdd(tag.Commit, tag);
        }

        Mark(NodeOf(head), Marks.OfHead);
    }

    /// <summary>The highest release among the ancestors of HEAD that were read.</summary>
    public VersionTag? Highest => highest;

    /// <summary>The commits that HEAD has and no release has, in the order they were read.</summary>
    public IEnumerable<GitCommit> Unreleased => News.Where(node => !node.Has(Marks.Released)).Select(node => node.Commit!);

    /// <summary>The commits that HEAD has and its highest release lacks, but another release has: merged from another line.</summary>
    public IEnumerable<GitCommit> Merged => News.Where(node => node.Has(Marks.Released)).Select(node => node.Commit!);

    /// <summary>The news that were read before they were known as such, because a child of theirs is dated before them: their texts are missing.</summary>
    public IEnumerable<string> Late => News.Where(node => node.Commit is null).Select(node => node.Hash);

    IEnumerable<Node> News => read.Where(node => node.Has(Marks.OfHead) && !node.Has(Marks.OfHighest));

    /// <summary>Whether a commit was read and is HEAD or one of its ancestors.</summary>
    public bool Reaches(string hash) => nodes.TryGetValue(hash, out var node) && node.Has(Marks.Read | Marks.OfHead);

    /// <summary>Takes the next commit. False: enough was read.</summary>
    public bool Take(CommitLog log)
    {
        var hash = System.Text.Encoding.ASCII.GetString(log.HashBytes);
        var node = NodeOf(hash);
        node.Parents = ParentsOf(log);
        node.Release = byCommit.GetValueOrDefault(hash);
        read.Add(node);
        Mark(node, node.Release is null ? Marks.Read : Marks.Read | Marks.Released);
        FindHighest();
        if (node.Has(Marks.OfHead) && !node.Has(Marks.OfHighest))
        {
            node.Commit = log.Decode();
            oldest = Math.Min(oldest, log.Seconds);
        }

        slack =
            unmet > 0 ? Slack
            : log.Seconds < oldest - SlackSeconds ? slack - 1
            : slack;
        return slack > 0;
    }

    /// <summary>Takes the text of one of the <see cref="Late"/> commits.</summary>
    public void Complete(CommitLog log) => NodeOf(System.Text.Encoding.ASCII.GetString(log.HashBytes)).Commit = log.Decode();

    /// <summary>
    /// The highest release that shipped commits of HEAD which no release among HEAD's ancestors has: one made on a branch of its own.
    /// Null: there is none.
    /// </summary>
    public VersionTag? ShippedElsewhere()
    {
        var shipped = new HashSet<Node>();
        foreach (var tag in releases.Where(tag => Reaches(tag.Commit)))
        {
            Follow(nodes[tag.Commit], shipped, _ => false);
        }

        var followed = new HashSet<Node>();
        var found = releases
            .Where(tag => HasRead(tag.Commit) && !Reaches(tag.Commit))
            .FirstOrDefault(tag =>
                Follow(nodes[tag.Commit], followed, node => node.Has(Marks.Read | Marks.OfHead) && !shipped.Contains(node))
            );
        if (found is not null && (highest is null || found.Version > highest.Version))
        {
            Mark(nodes[found.Commit], Marks.OfHighest);
        }

        return found;
    }

    // The highest release counts, not the nearest: it is known once every higher one was met on a line that is not HEAD's.
    void FindHighest()
    {
        while (reached is not null && higher < starts.Count && starts[higher].Version > reached.Version && HasRead(starts[higher].Commit))
        {
            higher++;
        }

        if (reached is not null && reached != highest && (higher == starts.Count || starts[higher].Version <= reached.Version))
        {
            // Found later than a lower one only where clocks differ.
            Unmark(Marks.OfHighest);
            highest = reached;
            Mark(nodes[highest.Commit], Marks.OfHighest);
        }
    }

    // Its own tag lets git read a release as early as its date says, which may be before the line of HEAD leads there.
    void Reach(Node node)
    {
        if (node.Release is { } release && node.Has(Marks.Read | Marks.OfHead) && (reached is null || release.Version > reached.Version))
        {
            reached = release;
        }
    }

    bool HasRead(string hash) => nodes.TryGetValue(hash, out var node) && node.Has(Marks.Read);

    void Mark(Node start, Marks marks)
    {
        var pending = new Stack<(Node Node, Marks Marks)>([(start, marks)]);
        while (pending.TryPop(out var next))
        {
            var (node, added) = next;
            var before = node.Marks;
            node.Marks |= added;
            unmet += (IsUnmet(node.Marks) ? 1 : 0) - (IsUnmet(before) ? 1 : 0);
            if (node.Marks != before)
            {
                Reach(node);
                Array.ForEach(node.Parents, parent => pending.Push((parent, node.Marks & ~Marks.Read)));
            }
        }
    }

    void Unmark(Marks marks)
    {
        if (highest is not null)
        {
            unmet = 0;
            foreach (var node in nodes.Values)
            {
                node.Marks &= ~marks;
                unmet += IsUnmet(node.Marks) ? 1 : 0;
            }
        }
    }

    // A line of HEAD's history that has met no release yet, or only releases of other lines.
    static bool IsUnmet(Marks marks) => (marks & (Marks.Read | Marks.OfHead | Marks.OfHighest)) == Marks.OfHead;

    static bool Follow(Node start, HashSet<Node> followed, Predicate<Node> wanted)
    {
        var found = false;
        var pending = new Stack<Node>([start]);
        while (pending.TryPop(out var node))
        {
            if (followed.Add(node))
            {
                found |= wanted(node);
                Array.ForEach(node.Parents, pending.Push);
            }
        }

        return found;
    }

    Node NodeOf(string hash)
    {
        if (!nodes.TryGetValue(hash, out var node))
        {
            nodes[hash] = node = new Node(hash);
        }

        return node;
    }

    Node[] ParentsOf(CommitLog log)
    {
        var text = System.Text.Encoding.ASCII.GetString(log.ParentBytes);
        return text.Length == 0 ? [] : [.. text.Split(' ').Select(NodeOf)];
    }

    [Flags]
    enum Marks
    {
        None = 0,
        Read = 1,
        OfHead = 2,
        Released = 4,
        OfHighest = 8,
    }

    sealed class Node(string hash)
    {
        public readonly string Hash = hash;
        public Marks Marks;
        public VersionTag? Release;
        public Node[] Parents = [];
        public GitCommit? Commit;

        public bool Has(Marks marks) => (Marks & marks) == marks;
    }
}
