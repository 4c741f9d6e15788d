using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>Writes a release into the ledger before the first thing is done for it, or finds it there.</summary>
public sealed class BeginRelease(ReleaseSession release)
{
    /// <summary>Takes the right to make releases, unless this run has it.</summary>
    /// <exception cref="ReleaseException">Another releaser has it; says who, since when, and how to go on.</exception>
    public async Task OwnAsync(CancellationToken cancel) =>
        release.Owner ??= await KeptLease.TakeAsync(release, Leases.Releasing, release.Version.Version, takeOver: false, cancel);

    /// <summary>Returns how far the release has come.</summary>
    public async Task<ReleaseProgress> RunAsync(CancellationToken cancel)
    {
        var version = release.Version;
        await OwnAsync(cancel);
        var events = await release.Ledger.ReadAsync(version.Version, cancel);
        var progress = ReleaseProgress.Of(events);
        if (progress.IsOf(release.Plan))
        {
            return progress;
        }

        DemandUnpublished(events, progress);

        await new CleanTree(release).DemandAsync();
        await release.RecordAsync(
            new NewEvent(version.Version, EventKinds.Planned, UnfinishedRelease.Record(version, release.Plan, release.Notes)),
            cancel
        );
        return new ReleaseProgress();
    }

    /// <summary>A version that is out is never planned anew for another commit, whoever comes late with it.</summary>
    void DemandUnpublished(IReadOnlyList<LedgerEvent> events, ReleaseProgress progress)
    {
        var planned = progress.Planned?.Data["commit"]?.GetValue<string>();
        var isOut = events.Any(fact =>
            fact.Kind == EventKinds.Released || (fact.Kind == EventKinds.Outcome && Effect.Is(fact.Data["key"]?.GetValue<string>(), "push"))
        );
        if (isOut && planned != release.Version.Commit)
        {
            throw new ReleaseException(
                $"{release.Version.Version} was released already, from another commit.",
                $"Then: {planned}. Now: {release.Version.Commit}.",
                "Run: git pull --rebase && git fetch --tags, and the release again: it becomes the next version."
            );
        }
    }
}
