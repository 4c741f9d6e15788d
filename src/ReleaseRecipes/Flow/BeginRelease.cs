using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>Writes a release into the ledger before the first thing is done for it, or finds it there.</summary>
public sealed class BeginRelease(ReleaseSession release)
{
    /// <summary>Returns how far the release has come.</summary>
    public async Task<ReleaseProgress> RunAsync(CancellationToken cancel)
    {
        var version = release.Version;
        release.Owner ??= await KeptLease.TakeAsync(release, Leases.Releasing, version.Version, takeOver: false, cancel);
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(version.Version, cancel));
        if (progress.IsOf(release.Plan))
        {
            return progress;
        }

        await new CleanTree(release).DemandAsync();
        await release.Ledger.AppendAsync(
            new NewEvent(version.Version, EventKinds.Planned, UnfinishedRelease.Record(version, release.Plan, release.Notes)),
            cancel
        );
        return new ReleaseProgress();
    }
}
