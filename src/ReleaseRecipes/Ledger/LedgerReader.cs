using ReleaseRecipes.Git;

namespace ReleaseRecipes.Ledger;

/// <summary>Reads a ledger's tree at any of its commits.</summary>
/// <param name="objects">The repository's objects.</param>
/// <param name="name">The ref, for messages.</param>
sealed class LedgerReader(GitObjects objects, string name)
{
    StoredHead known = StoredHead.None;
    ReadEvents read = ReadEvents.None;
    (string? Commit, string Folder, string Text) last;

    /// <summary>The head at a commit, checked against the last event.</summary>
    /// <exception cref="ReleaseException">It is no ledger, or its head contradicts its events.</exception>
    public async Task<StoredHead> HeadAsync(string? commit, CancellationToken cancel) =>
        commit is null ? StoredHead.None
        : commit == known.Commit ? known
        : known = await LoadAsync(commit, cancel);

    /// <summary>Takes what this very process just committed as read: a commit never says anything else later.</summary>
    public void Remember(StoredHead committed, IReadOnlyDictionary<string, string> files)
    {
        known = committed;
        var folder = Folder(committed, committed.Last);
        last = (committed.Commit, folder, files[LedgerTree.Events(folder)]);
    }

    /// <summary>The events of a release, in their order. What was read before is not read again: events are only ever added.</summary>
    /// <exception cref="ReleaseException">There is a line that is no event.</exception>
    public async Task<IReadOnlyList<LedgerEvent>> ReadAsync(StoredHead stored, string release, CancellationToken cancel)
    {
        var (folder, text) = await EventsAsync(stored, release, cancel);
        read = read.With(folder, text);
        return read.Events;
    }

    /// <summary>The folder of a release, and the text of its events; empty where there are none yet.</summary>
    public async Task<(string Folder, string Text)> EventsAsync(StoredHead stored, string release, CancellationToken cancel)
    {
        var recent = LedgerTree.Recent(release);
        if (stored.Commit is null)
        {
            return (recent, "");
        }

        var folder = Folder(stored, release);
        if (last.Commit != stored.Commit || last.Folder != folder)
        {
            if (await objects.FindAsync($"{stored.Commit}:{LedgerTree.Events(folder)}", cancel) is not { } blob)
            {
                return (recent, "");
            }

            last = (stored.Commit, folder, blob.Text);
        }

        return (folder, last.Text);
    }

    static string Folder(StoredHead stored, string release) =>
        stored.Recent.Contains(release) ? LedgerTree.Recent(release) : LedgerTree.Archived(release);

    async Task<StoredHead> LoadAsync(string commit, CancellationToken cancel)
    {
        var blob = await objects.FindAsync($"{commit}:{LedgerTree.Head}", cancel);
        try
        {
            var stored = StoredHead.Parse(commit, blob?.Text ?? throw new FormatException("It has no head.json."));
            var last = await ReadAsync(stored, stored.Last, cancel) is [.., var end] ? end : null;
            return last?.Hash == stored.Head.Hash && last.Sequence == stored.Head.Count
                ? stored
                : throw new FormatException("Its head.json says another end than its events do.");
        }
        catch (FormatException problem)
        {
            throw new ReleaseException(
                $"{name} is no ledger that can be trusted: {problem.Message}",
                $"Commit {commit}.",
                $"See who changed it with 'git log {name}', and set the ref back to a commit that Audit accepts; or name another ref in the strategy (ledger:).",
                inner: problem
            );
        }
    }
}
