using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Follows the ancestors of HEAD and of the release tags, newest first, until every line of HEAD's history has met the highest release.
/// Only then is it known which commits are new, and nothing older has to be read.
/// </summary>
sealed class UnreleasedWalk
{
    // Clocks differ: a parent can be dated after its child. Git itself looks five commits further.
    const int Slack = 32;

    readonly Dictionary<string, Node> nodes = [];
    readonly List<Node> news = [];
    readonly IReadOnlyList<VersionTag> releases;
    readonly IReadOnlyList<VersionTag> starts;
    readonly Dictionary<string, VersionTag> byCommit = [];
    VersionTag? reached;
    VersionTag? highest;
    int higher;
    int unmet;
    int slack = Slack;

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
    public IEnumerable<GitCommit> Unreleased => news.Where(node => !node.Has(Marks.Released)).Select(node => node.Commit!);

    /// <summary>The commits that HEAD has and its highest release lacks, but another release has: merged from another line.</summary>
    public IEnumerable<GitCommit> Merged =>
        news.Where(node => node.Has(Marks.Released) && !node.Has(Marks.OfHighest)).Select(node => node.Commit!);

    /// <summary>Whether a commit was read and is HEAD or one of its ancestors.</summary>
    public bool Reaches(string hash) => nodes.TryGetValue(hash, out var node) && node.Has(Marks.Read | Marks.OfHead);

    /// <summary>Takes the next commit. False: enough was read.</summary>
    public bool Take(CommitLog log)
    {
        var hash = System.Text.Encoding.ASCII.GetString(log.HashBytes);
        var node = NodeOf(hash);
        node.Parents = ParentsOf(log);
        node.Release = byCommit.GetValueOrDefault(hash);
        Mark(node, node.Release is null ? Marks.Read : Marks.Read | Marks.Released);
        FindHighest();
        if (node.Has(Marks.OfHead) && !node.Has(Marks.OfHighest))
        {
            node.Commit = log.Decode();
            news.Add(node);
        }

        slack = unmet > 0 ? Slack : slack - 1;
        return slack > 0;
    }

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

        // A line of HEAD that is read late may lead to a higher one still.
        var isHigher = reached is not null && (highest is null || reached.Version > highest.Version);
        if (isHigher && (higher == starts.Count || starts[higher].Version <= reached!.Version))
        {
            highest = reached!;
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
            nodes[hash] = node = new Node();
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

    sealed class Node
    {
        public Marks Marks;
        public Node[] Parents = [];
        public GitCommit? Commit;
        public VersionTag? Release;

        public bool Has(Marks marks) => (Marks & marks) == marks;
    }
}
