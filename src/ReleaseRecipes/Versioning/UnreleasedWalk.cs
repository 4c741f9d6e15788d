using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Follows the ancestors of HEAD and of the release tags, newest first, until every line of HEAD's history has met a release.
/// Only then is it known which commits are unreleased, and nothing older has to be read.
/// </summary>
sealed class UnreleasedWalk
{
    // Clocks differ: a parent can be dated after its child. Git itself looks five commits further.
    const int Slack = 32;

    readonly Dictionary<string, Node> nodes = [];
    readonly List<Node> unreleased = [];
    readonly IReadOnlySet<string> releases;
    int open;
    int slack = Slack;

    /// <summary>Begins a walk.</summary>
    /// <param name="head">The full hash of HEAD.</param>
    /// <param name="releases">The commits of plain releases, HEAD's own left out.</param>
    public UnreleasedWalk(string head, IReadOnlySet<string> releases)
    {
        this.releases = releases;
        Mark(NodeOf(head), ofHead: true, released: false);
    }

    /// <summary>Whether the history ended before a release was met on every line.</summary>
    public bool IsOpen => open > 0;

    /// <summary>The commits that HEAD has and no release has, in the order they were read.</summary>
    public IEnumerable<GitCommit> Unreleased => unreleased.Where(node => !node.Released).Select(node => node.Commit!);

    /// <summary>Whether a commit was read and is HEAD or one of its ancestors.</summary>
    public bool Reaches(string hash) => nodes.TryGetValue(hash, out var node) && node is { Read: true, OfHead: true };

    /// <summary>Whether a commit was read at all.</summary>
    public bool HasRead(string hash) => nodes.TryGetValue(hash, out var node) && node.Read;

    /// <summary>Takes the next commit. False: enough was read.</summary>
    public bool Take(CommitLog stream)
    {
        var hash = System.Text.Encoding.ASCII.GetString(stream.HashBytes);
        var node = NodeOf(hash);
        var parents = ParentsOf(stream);
        Mark(node, ofHead: false, released: releases.Contains(hash));
        if (node is { Read: false, OfHead: true, Released: false })
        {
            open--;
        }

        node.Read = true;
        node.Parents = parents;
        foreach (var parent in parents)
        {
            Mark(parent, node.OfHead, node.Released);
        }

        if (node is { OfHead: true, Released: false })
        {
            node.Commit = stream.Decode();
            unreleased.Add(node);
        }

        slack = open > 0 ? Slack : slack - 1;
        return slack > 0;
    }

    void Mark(Node start, bool ofHead, bool released)
    {
        var pending = new Stack<Node>();
        pending.Push(start);
        while (pending.TryPop(out var node))
        {
            if ((!ofHead || node.OfHead) && (!released || node.Released))
            {
                continue;
            }

            var wasOpen = node is { Read: false, OfHead: true, Released: false };
            node.OfHead |= ofHead;
            node.Released |= released;
            var isOpen = node is { Read: false, OfHead: true, Released: false };
            open += (isOpen ? 1 : 0) - (wasOpen ? 1 : 0);
            foreach (var parent in node.Parents)
            {
                pending.Push(parent);
            }
        }
    }

    Node NodeOf(string hash)
    {
        if (!nodes.TryGetValue(hash, out var node))
        {
            nodes[hash] = node = new Node();
        }

        return node;
    }

    Node[] ParentsOf(CommitLog stream)
    {
        var text = System.Text.Encoding.ASCII.GetString(stream.ParentBytes);
        return text.Length == 0 ? [] : [.. text.Split(' ').Select(NodeOf)];
    }

    sealed class Node
    {
        public bool Read;
        public bool OfHead;
        public bool Released;
        public Node[] Parents = [];
        public GitCommit? Commit;
    }
}
