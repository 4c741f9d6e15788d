using System.Collections.Immutable;
using System.Text;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>A commit of the simulated git: its files whole.</summary>
public sealed record SimulatedCommit(
    string Hash,
    ImmutableSortedDictionary<string, byte[]> Files,
    IReadOnlyList<string> Parents,
    string Message
)
{
    public string Subject => Message.Split('\n')[0];
}

/// <summary>Every commit and tag that anybody made; a repository is which of them it has, and its refs.</summary>
public sealed class GitHistory
{
    readonly Dictionary<string, SimulatedCommit> commits = [];
    readonly Dictionary<string, string> tags = [];
    int made;

    // Hashes differ in front, as real ones do: they are often cut.
    string Next() => $"{++made:x12}{new string('0', 28)}";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public SimulatedCommit Commit(string hash) => commits[hash];

    public SimulatedCommit Add(ImmutableSortedDictionary<string, byte[]> files, IReadOnlyList<string> parents, string message)
    {
        var commit = new SimulatedCommit(Next(), files, parents, message);
        commits.Add(commit.Hash, commit);
        return commit;
    }

    /// <summary>An annotated tag on a commit.</summary>
    public string AddTag(string commit)
    {
        var tag = Next();
        tags.Add(tag, commit);
        return tag;
    }

    /// <summary>The commit that a hash stands for, through a tag.</summary>
    public string Peeled(string hash) => tags.GetValueOrDefault(hash) ?? hash;

    public bool IsTag(string hash) => tags.ContainsKey(hash);

    public static bool IsBranch(string name) => name.StartsWith("refs/heads/", StringComparison.Ordinal);

    public bool Contains(string tip, string commit)
    {
        var seen = new HashSet<string>();
        var rest = new Stack<string>([Peeled(tip)]);
        while (rest.TryPop(out var at))
        {
            if (at == commit)
            {
                return true;
            }

            // Hashes are given out in the order in which commits are made: a parent is always lower.
            foreach (var parent in commits[at].Parents.Where(parent => string.CompareOrdinal(parent, commit) >= 0 && seen.Add(parent)))
            {
                rest.Push(parent);
            }
        }

        return false;
    }

    /// <summary>The commits of a history, newest first.</summary>
    public IEnumerable<SimulatedCommit> Log(string tip) =>
        Walk(Peeled(tip)).Select(hash => commits[hash]).OrderByDescending(commit => commit.Hash, StringComparer.Ordinal);

    HashSet<string> Walk(string tip)
    {
        var seen = new HashSet<string> { tip };
        var rest = new Stack<string>([tip]);
        while (rest.TryPop(out var at))
        {
            foreach (var parent in commits[at].Parents.Where(seen.Add))
            {
                rest.Push(parent);
            }
        }

        return seen;
    }
}

/// <summary>One repository: the objects that it has, and its refs.</summary>
public sealed class SimulatedRepository(GitHistory history)
{
    readonly HashSet<string> objects = [];

    public GitHistory History => history;

    public SortedDictionary<string, string> Refs { get; } = new(StringComparer.Ordinal);

    public bool Has(string hash) => objects.Contains(hash);

    /// <summary>Takes an object and all behind it.</summary>
    public void Take(string hash)
    {
        var rest = new Stack<string>([hash]);
        while (rest.TryPop(out var at))
        {
            if (!objects.Add(at))
            {
                continue;
            }

            foreach (var next in history.IsTag(at) ? [history.Peeled(at)] : history.Commit(at).Parents)
            {
                rest.Push(next);
            }
        }
    }

    /// <summary>The commit that a name or a hash stands for; null where nothing.</summary>
    public string? CommitOf(string name)
    {
        name = name == "HEAD" ? "refs/heads/main" : name;
        var hash = Refs.GetValueOrDefault(name) ?? (Has(name) ? name : null);
        return hash is null ? null : history.Peeled(hash);
    }

    /// <summary>Sets a ref to an object that it takes.</summary>
    public void Set(string name, string hash)
    {
        Take(hash);
        Refs[name] = hash;
    }
}
