namespace ReleaseRecipes.Changelog;

/// <summary>Tells for every commit of a whole history which release had it first: the lowest one that reaches it.</summary>
sealed class CommitOwners
{
    /// <summary>The rank of what no release has.</summary>
    public const int Unreleased = int.MaxValue;

    readonly HashTable numbers = new();
    readonly List<Node> nodes = [];
    readonly Dictionary<int, int[]> further = [];
    readonly Stack<int> pending = [];

    /// <summary>Names a release's commit before the history is read.</summary>
    /// <param name="hash">Its hash as hexadecimal digits.</param>
    /// <param name="rank">The release's place among all, lowest first.</param>
    public void Own(ReadOnlySpan<byte> hash, int rank) => Lower(NumberOf(hash), rank);

    /// <summary>Takes a commit as git gives it and returns its number.</summary>
    public int Add(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> parents)
    {
        var number = NumberOf(hash);
        var first = Node.None;
        var second = Node.None;
        List<int>? more = null;
        for (var index = 0; !parents.IsEmpty; index++)
        {
            var parent = NumberOf(parents[..hash.Length]);
            parents = parents.Length > hash.Length ? parents[(hash.Length + 1)..] : [];
            (first, second) = index switch
            {
                0 => (parent, second),
                1 => (first, parent),
                _ => (first, second),
            };
            if (index > 1)
            {
                (more ??= []).Add(parent);
            }
        }

        nodes[number] = nodes[number] with { First = first, Second = second };
        if (more is not null)
        {
            further[number] = [.. more];
        }

        Pass(number);
        return number;
    }

    /// <summary>The rank of the release that had a commit first.</summary>
    public int OwnerOf(int number) => nodes[number].Owner;

    /// <summary>The number of a commit that was named by its whole hash; a new one for any other.</summary>
    public int NumberOf(ReadOnlySpan<byte> hash)
    {
        var number = numbers.NumberOf(hash);
        if (number == nodes.Count)
        {
            nodes.Add(new Node(Node.None, Node.None, Unreleased));
        }

        return number;
    }

    // Clocks differ, so a parent may have been read before its child; then it passes on what it learns late.
    void Pass(int start)
    {
        pending.Push(start);
        while (pending.TryPop(out var number))
        {
            var node = nodes[number];
            PassTo(node.First, node.Owner);
            PassTo(node.Second, node.Owner);
            if (node.Second != Node.None && further.TryGetValue(number, out var more))
            {
                Array.ForEach(more, parent => PassTo(parent, node.Owner));
            }
        }
    }

    void PassTo(int parent, int owner)
    {
        if (parent != Node.None && Lower(parent, owner) && nodes[parent].First != Node.None)
        {
            pending.Push(parent);
        }
    }

    bool Lower(int number, int rank)
    {
        if (nodes[number].Owner <= rank)
        {
            return false;
        }

        nodes[number] = nodes[number] with { Owner = rank };
        return true;
    }

    readonly record struct Node(int First, int Second, int Owner)
    {
        public const int None = -1;
    }
}
