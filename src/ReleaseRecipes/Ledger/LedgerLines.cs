using ReleaseRecipes.Git;

namespace ReleaseRecipes.Ledger;

/// <summary>Reads the files of events in the ledger's tree.</summary>
static class LedgerLines
{
    public static IReadOnlyList<LedgerEvent> Parse(string text, string where)
    {
        var events = new List<LedgerEvent>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                events.Add(EventHash.FromLine(line));
            }
            catch (FormatException problem)
            {
                throw new ReleaseException(
                    "The ledger holds a line that is no event.",
                    $"{LedgerTree.Events(where)}, line {events.Count + 1}.",
                    "Verify the whole ledger: ./build.sh --target=Audit",
                    inner: problem
                );
            }
        }

        return events;
    }

    /// <summary>Every event at a commit, in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(GitRepository git, string commit)
    {
        var events = new List<LedgerEvent>();
        await foreach (var (path, text) in FilesAsync(git, commit))
        {
            events.AddRange(Parse(text, path[..path.LastIndexOf('/')]));
        }

        events.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return events;
    }

    /// <summary>The files of events at a commit.</summary>
    public static async IAsyncEnumerable<(string Path, string Text)> FilesAsync(GitRepository git, string commit)
    {
        var listing = await git.ReadAsync("ls-tree", "-r", "-z", commit);
        var files = listing
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(['\t', ' '], 4))
            .Where(entry => entry[3].EndsWith("/events.jsonl", StringComparison.Ordinal))
            .ToList();
        using var objects = new GitObjects(git);
        var at = 0;
        await foreach (var blob in objects.FindAllAsync([.. files.Select(entry => entry[2])]))
        {
            yield return (
                files[at++][3],
                blob?.Text
                    ?? throw new ReleaseException(
                        "An object of the ledger is missing.",
                        files[at - 1][2],
                        "Fetch the ledger again, or check the repository: git fsck"
                    )
            );
        }
    }
}
