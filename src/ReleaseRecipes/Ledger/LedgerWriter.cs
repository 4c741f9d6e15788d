using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Ledger;

/// <summary>Makes the commit of one append, in one git process.</summary>
sealed class LedgerWriter(GitRepository git, LedgerReader reader)
{
    // Hooks are for people's commits; a hook of the repository must not run on every event, nor stop one.
    static readonly string[] Import = ["-c", "core.hooksPath=/dev/null", "fast-import", "--quiet", "--done", "--date-format=raw"];

    /// <summary>
    /// Commits the events on top of a head, onto a ref. git refuses where the ref moved elsewhere meanwhile: that is the compare-and-swap.
    /// </summary>
    public async Task<WrittenCommit> CommitAsync(
        string toRef,
        StoredHead before,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel
    )
    {
        var (after, files) = await FilesAsync(before, events, next, cancel);
        var (person, email) = LedgerCommit.Person(events[0].Actor);
        var result = await git.TryAsync(
            Import,
            LedgerCommit.Write(toRef, before, after, events, files),
            new Dictionary<string, string?> { ["GIT_COMMITTER_NAME"] = person, ["GIT_COMMITTER_EMAIL"] = email },
            cancel: cancel
        );
        return new WrittenCommit(result, after, files);
    }

    /// <summary>What an append writes: the events of each release it concerns, and the head.</summary>
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
            var (folder, past) = await reader.EventsAsync(before, release.Key, cancel);
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
}

/// <summary>One append, as it was handed to git.</summary>
/// <param name="Result">How git ended.</param>
/// <param name="Head">The head that it wrote; its commit is not known here.</param>
/// <param name="Files">The files that it wrote.</param>
sealed record WrittenCommit(ProgramResult Result, StoredHead Head, IReadOnlyDictionary<string, string> Files);
