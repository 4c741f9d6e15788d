using System.Text;
using System.Text.RegularExpressions;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Ledger;

/// <summary>
/// The ledger in a git ref of its own: one commit an append, <c>releases/VERSION/events.jsonl</c> and <c>head.json</c> in its tree.
/// Neither the work tree nor the index is ever touched, no hook runs, nothing is signed.
/// </summary>
/// <param name="git">The repository.</param>
/// <param name="settings">Which ref.</param>
public sealed partial class GitLedgerStore(GitRepository git, LedgerSettings settings) : ILedgerStore, IDisposable
{
    readonly GitObjects objects = new(git);
    readonly string name = Valid(settings.Ref);
    StoredHead known = StoredHead.None;

    /// <inheritdoc/>
    public async Task<LedgerHead> HeadAsync(CancellationToken cancel = default) => (await StoredAsync(cancel)).Head;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default)
    {
        var stored = await StoredAsync(cancel);
        var (_, text) = await EventsAsync(stored, release, cancel);
        return LedgerLines.Parse(text, LedgerTree.Recent(release));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default)
    {
        var stored = await StoredAsync(cancel);
        return stored.Commit is null ? [] : await LedgerLines.ReadAllAsync(git, stored.Commit);
    }

    /// <inheritdoc/>
    public async Task<bool> TryAppendAsync(
        LedgerHead expected,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel = default
    )
    {
        var before = await StoredAsync(cancel);
        if (before.Head.Count != expected.Count || before.Head.Hash != expected.Hash)
        {
            return false;
        }

        var (after, files) = await FilesAsync(before, events, next, cancel);
        return await StaleLocks.RetryAsync(git, name, () => CommitAsync(before, after, events, files, cancel), cancel);
    }

    public void Dispose() => objects.Dispose();

    async Task<bool> CommitAsync(
        StoredHead before,
        StoredHead after,
        IReadOnlyList<LedgerEvent> events,
        Dictionary<string, string> files,
        CancellationToken cancel
    )
    {
        var input = LedgerCommit.Write(name, before, after, events, files);
        var arguments = new[] { "-c", "core.hooksPath=/dev/null", "fast-import", "--quiet", "--done", "--date-format=raw" };
        var (person, email) = LedgerCommit.Person(events[0].Actor);
        var identity = new Dictionary<string, string?> { ["GIT_COMMITTER_NAME"] = person, ["GIT_COMMITTER_EMAIL"] = email };
        var result = await git.TryAsync(arguments, input, identity, cancel: cancel);
        if (result.Succeeded)
        {
            return true;
        }

        return (await StoredAsync(cancel)).Commit != before.Commit
            ? false
            : throw new ReleaseException(
                $"The ledger could not be written: {result.Error.Trim()}",
                name,
                "Nothing was recorded. Free the disk or the permissions that git names, and run the same command again."
            );
    }

    /// <summary>The files that an append writes: the events of each release it concerns, and the head.</summary>
    async Task<(StoredHead After, Dictionary<string, string> Files)> FilesAsync(
        StoredHead before,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel
    )
    {
        var recent = before.Recent.ToList();
        var files = new Dictionary<string, string>();
        foreach (var release in events.GroupBy(fact => fact.Release))
        {
            var (folder, past) = await EventsAsync(before, release.Key, cancel);
            if (folder == LedgerTree.Recent(release.Key) && !recent.Contains(release.Key))
            {
                recent.Add(release.Key);
            }

            files[LedgerTree.Events(folder)] = past + string.Concat(release.Select(fact => EventHash.ToLine(fact) + "\n"));
        }

        var kept = recent.Skip(Math.Max(0, recent.Count - LedgerTree.RecentKept)).ToList();
        foreach (var leaving in recent.Except(kept))
        {
            if (files.Remove(LedgerTree.Events(LedgerTree.Recent(leaving)), out var content))
            {
                files[LedgerTree.Events(LedgerTree.Archived(leaving))] = content;
            }
        }

        var after = new StoredHead(null, next, events[^1].Release, kept);
        files[LedgerTree.Head] = after.ToJson();
        return (after, files);
    }

    async Task<(string Folder, string Text)> EventsAsync(StoredHead stored, string release, CancellationToken cancel)
    {
        var recent = LedgerTree.Recent(release);
        if (stored.Commit is null)
        {
            return (recent, "");
        }

        var folder = stored.Recent.Contains(release) ? recent : LedgerTree.Archived(release);
        var blob = await objects.FindAsync($"{stored.Commit}:{LedgerTree.Events(folder)}", cancel);
        return blob is null ? (recent, "") : (folder, blob.Text);
    }

    async Task<StoredHead> StoredAsync(CancellationToken cancel)
    {
        var tip = await objects.FindAsync(name, cancel);
        if (tip is null)
        {
            return known = StoredHead.None;
        }

        return tip.Hash == known.Commit ? known : known = await LoadAsync(tip.Hash, cancel);
    }

    async Task<StoredHead> LoadAsync(string commit, CancellationToken cancel)
    {
        var blob = await objects.FindAsync($"{commit}:{LedgerTree.Head}", cancel);
        try
        {
            var stored = StoredHead.Parse(commit, blob?.Text ?? throw new FormatException("It has no head.json."));
            var (folder, text) = await EventsAsync(stored, stored.Last, cancel);
            var last = LedgerLines.Parse(text, folder) is [.., var end] ? end : null;
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

    static string Valid(string name) =>
        FullRef().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal)
            ? name
            : throw new ReleaseException(
                "The ledger's ref is not a full ref name of plain letters.",
                name,
                "Write it like refs/heads/release-ledger.",
                ExitCodes.WrongInput
            );

    [GeneratedRegex(@"\Arefs(/[A-Za-z0-9_][A-Za-z0-9._-]*)+\z")]
    private static partial Regex FullRef();
}
