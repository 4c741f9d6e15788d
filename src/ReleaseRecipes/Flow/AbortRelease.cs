using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Projections;

namespace ReleaseRecipes.Flow;

/// <summary>Ends a release that is paused or was interrupted. A tag that was made stays: what is published is never taken away.</summary>
public sealed class AbortRelease(ReleaseSession release)
{
    /// <summary>Takes back every rollout that is under way, then records the end.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var newest = (await release.Ledger.HeadAsync(cancel)).State.Newest;
        if (newest is null || newest.State is "released" or "aborted")
        {
            release.Terminal.Line(
                newest is null ? "There is no release to abort." : $"{newest.Version} is {newest.State}: there is nothing to abort."
            );
            return;
        }

        release.Terminal.Heading($"Abort {newest.Version}");
        // Whoever aborts may take the right to make releases from a releaser that hangs; that one stops before its next effect.
        release.Owner = await KeptLease.TakeAsync(release, Leases.Releasing, newest.Version, takeOver: true, cancel);
        var progress = await new RecordedRelease(release).TakeUpAsync(cancel);
        var reason = release.Options.Reason ?? "aborted by hand";
        foreach (var environment in release.Plan.Environments)
        {
            await EndAsync(environment, progress, reason, cancel);
        }

        await release.RecordAsync(new NewEvent(newest.Version, EventKinds.Aborted, new JsonObject { ["reason"] = reason }), cancel);
        await new StampedFiles(release).RestoreAsync(progress, cancel);
        await new ReleaseFiles(release).WriteAsync(cancel);
        release.Terminal.Line(
            $"  {newest.Version} is aborted{(progress.Tags.Count == 0 ? "" : $"; what is tagged stays: {release.Version.Tag}")}",
            Tone.Good
        );
        release.Terminal.Next("To see where things stand", release.Options.CommandFor("Status"));
    }

    async Task EndAsync(PlannedEnvironment planned, ReleaseProgress progress, string reason, CancellationToken cancel)
    {
        var environment = planned.Settings;
        var events = await release.Ledger.ReadAsync(release.Version.Version, cancel);
        if (RolloutRecord.Of(events, environment.Name) is not { UnderWay: true, VerifiedAt: null })
        {
            if (progress.Verified.Contains(environment.Name))
            {
                release.Terminal.Line(
                    $"  {environment.Name} stays on {release.Version.Version}, past the point of no return; to go back: {release.Options.CommandFor("Rollback")} --environment={environment.Name}"
                );
            }

            return;
        }

        if (!release.PackageIsKnown)
        {
            await new MakePackage(release).FindAsync(cancel);
        }

        // Whoever aborts may take the environment from a releaser that hangs; that one stops before its next effect.
        await using var lease = await KeptLease.TakeAsync(release, environment.Name, release.Version.Version, takeOver: true, cancel);
        var rollout = await new Rollouts(release).OfAsync(environment, progress, cancel);
        var back = await new Rollouts(release).Deployer(environment, lease.Lease).AbortAsync(rollout, planned.Moves, reason, cancel);
        if (back is { Restored: false })
        {
            throw new ReleaseException(
                $"{environment.Name} could NOT be brought back.",
                back.Reason,
                $"See what serves: {release.Options.CommandFor("Status")}"
            );
        }

        release.Terminal.Line($"  {environment.Name} is on {back?.To ?? "nothing"} again", Tone.Good);
    }
}
