using System.Text;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>The whole history of all releases in memory: for questions about every release at once.</summary>
sealed class HistoryGraph
{
    readonly Dictionary<string, int> numbers = [];
    readonly List<int[]> parents = [];
    readonly List<long> seconds = [];
    readonly List<ReleaseCommit?> commits = [];
    int[] oldestFirst = [];
    int[] positions = [];
    long[] times = [];

    /// <summary>Reads every commit that a release or HEAD has, by one git process.</summary>
    public static HistoryGraph Read(GitRepository git, IEnumerable<string> starts, VersioningSettings settings, CancellationToken cancel)
    {
        var graph = new HistoryGraph();
        using var log = CommitLog.Open(git, starts);
        while (log.Read())
        {
            cancel.ThrowIfCancellationRequested();
            graph.Add(log, settings);
        }

        graph.oldestFirst = graph.Sorted();
        graph.positions = new int[graph.commits.Count];
        for (var position = 0; position < graph.oldestFirst.Length; position++)
        {
            graph.positions[graph.oldestFirst[position]] = position;
        }

        graph.times = graph.Times();
        return graph;
    }

    /// <summary>The commit's number in this graph; -1 where it was not read.</summary>
    public int Find(string hash) => numbers.GetValueOrDefault(hash, -1);

    /// <summary>Whether a commit was read itself, not only named as a parent.</summary>
    public bool Has(int number) => commits[number] is not null;

    /// <summary>A commit that was read.</summary>
    public ReleaseCommit this[int number] => commits[number]!;

    /// <summary>For every commit the greatest value among those at its strict ancestors.</summary>
    public T?[] Inherit<T>(IReadOnlyDictionary<int, T> own, Func<T, T, T> greater)
        where T : class
    {
        var inherited = new T?[commits.Count];
        foreach (var number in oldestFirst)
        {
            foreach (var parent in parents[number])
            {
                var from =
                    own.TryGetValue(parent, out var value) && inherited[parent] is { } older
                        ? greater(value, older)
                        : value ?? inherited[parent];
                inherited[number] =
                    from is null || inherited[number] is null ? from ?? inherited[number] : greater(from, inherited[number]!);
            }
        }

        return inherited;
    }

    /// <summary>The numbers of a commit's parents.</summary>
    public IReadOnlyList<int> ParentsOf(int number) => parents[number];

    /// <summary>Where a commit stands in an order in which every parent comes before its children.</summary>
    public int PositionOf(int number) => positions[number];

    /// <summary>When a commit was made, in seconds since 1970; never before its parents.</summary>
    public long TimeOf(int number) => times[number];

    // Clocks differ: no commit counts as older than its parents.
    long[] Times()
    {
        var time = new long[commits.Count];
        foreach (var number in oldestFirst)
        {
            time[number] = parents[number].Select(parent => time[parent]).Append(seconds[number]).Max();
        }

        return time;
    }

    void Add(CommitLog log, VersioningSettings settings)
    {
        var number = NumberOf(Encoding.ASCII.GetString(log.HashBytes));
        commits[number] = ReleaseCommit.Of(log.Decode(), settings);
        seconds[number] = log.Seconds;
        parents[number] = [.. commits[number]!.Commit.Parents.Select(NumberOf)];
    }

    int NumberOf(string hash)
    {
        if (!numbers.TryGetValue(hash, out var number))
        {
            numbers[hash] = number = commits.Count;
            commits.Add(null);
            seconds.Add(0);
            parents.Add([]);
        }

        return number;
    }

    // Parents before their children; iterative, because a history is deeper than any stack.
    int[] Sorted()
    {
        var sorted = new List<int>(commits.Count);
        var children = new int[commits.Count];
        foreach (var parent in parents.SelectMany(list => list))
        {
            children[parent]++;
        }

        var pending = new Stack<int>(Enumerable.Range(0, commits.Count).Where(number => children[number] == 0));
        while (pending.TryPop(out var number))
        {
            sorted.Add(number);
            foreach (var parent in parents[number].Where(parent => --children[parent] == 0))
            {
                pending.Push(parent);
            }
        }

        sorted.Reverse();
        return [.. sorted];
    }
}
