using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Projections;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Brings the release to one environment: evidence, approval, lease, rollout.</summary>
public sealed class DeployEnvironment(ReleaseSession release, EnvironmentSettings environment)
{
    string Version => release.Version.Version;

    /// <summary>Returns when the release is verified there.</summary>
    /// <param name="again">Whether a release that was taken back from there may be tried again.</param>
    /// <param name="cancel">Interrupts; the next run goes on.</param>
    /// <exception cref="ReleaseException">It is paused (exit code 3), was taken back (4), or cannot begin.</exception>
    public async Task RunAsync(bool again, CancellationToken cancel)
    {
        release.Terminal.Heading($"Deploy {Version} to {environment.Name}");
        await new Evidence(release).DemandTagAsync(cancel);
        var events = await release.Ledger.ReadAsync(Version, cancel);
        var progress = ReleaseProgress.Of(events);
        if (await IsOffAsync(cancel) || await IsNotConcernedAsync(cancel))
        {
            return;
        }

        if (IsThere(progress, events))
        {
            // Killed right after the rollout, nobody was told of it; whoever was is not told again.
            await new News(release).TellAsync(Moment.Deployed, cancel, environment.Name);
            return;
        }

        if (!again && progress.RolledBack.TryGetValue(environment.Name, out var reason) && !Attempt.Of(events, environment.Name).UnderWay)
        {
            throw TakenBack($"{Version} was taken back from {environment.Name}.", reason);
        }

        await new Missing(release).DemandAsync(environment, cancel);
        await new MakePackage(release).EnsureAsync(cancel);
        var standing = await new Consent(release, environment).DemandAsync(cancel);
        var result = await RollOutAsync(progress, cancel);
        await new ReleaseFiles(release).WriteAsync(cancel);
        await TellAsync(result, standing, cancel);
        End(result);
    }

    async Task<bool> IsOffAsync(CancellationToken cancel)
    {
        var step = environment.Name switch
        {
            "staging" => "DeployStaging",
            "production" => "DeployProduction",
            _ => "Deploy",
        };
        if (!release.Strategy.DisabledSteps.Contains(step))
        {
            return false;
        }

        release.Terminal.Line("  switched off in the strategy", Tone.Quiet);
        await RecordAsync($"{step}/{environment.Name}", "off", cancel);
        return true;
    }

    async Task<bool> IsNotConcernedAsync(CancellationToken cancel)
    {
        if (ReleasePlan.Concerns(environment, release.Version))
        {
            return false;
        }

        release.Terminal.Line($"  it runs {string.Join(", ", environment.Components)}, and this release has nothing of that", Tone.Quiet);
        await RecordAsync($"Deploy/{environment.Name}", "nothing", cancel);
        return true;
    }

    Task RecordAsync(string step, string result, CancellationToken cancel) =>
        release.RecordAsync(new NewEvent(Version, EventKinds.Step, new JsonObject { ["step"] = step, ["result"] = result }), cancel);

    bool IsThere(ReleaseProgress progress, IReadOnlyList<LedgerEvent> events)
    {
        var there = progress.Verified.Contains(environment.Name) && !RolloutRecord.Of(events, environment.Name).UnderWay;
        if (there)
        {
            release.Terminal.Line("  it is there already", Tone.Good);
        }

        return there;
    }

    async Task<RolloutResult> RollOutAsync(ReleaseProgress progress, CancellationToken cancel)
    {
        await using var lease = await KeptLease.TakeAsync(release, environment.Name, Version, takeOver: false, cancel);
        var rollouts = new Rollouts(release);
        var rollout = await rollouts.OfAsync(environment, progress, cancel);
        return await rollouts
            .Deployer(environment, lease.Lease)
            .RunAsync(rollout, release.Parts.StrategyOf(environment).Plan(rollout), cancel);
    }

    Task TellAsync(RolloutResult result, ApprovalStanding standing, CancellationToken cancel) =>
        result switch
        {
            RolloutResult.Verified => new News(release).TellAsync(
                Moment.Deployed,
                cancel,
                environment.Name,
                standing.Overridden ? Admission.Of(environment.Name, release.Plan.Hash, standing).ToString() : null
            ),
            RolloutResult.RolledBack back => new News(release).TellAsync(Moment.RolledBack, cancel, environment.Name, back.Reason),
            _ => Task.CompletedTask,
        };

    void End(RolloutResult result)
    {
        var url = result is RolloutResult.Verified { Url: { } at } ? at.ToString() : null;
        switch (result)
        {
            case RolloutResult.Verified:
                release.Terminal.Line($"  {Version} is verified in {environment.Name}{(url is null ? "" : $": {url}")}", Tone.Good);
                break;
            case RolloutResult.Paused paused:
                throw new ReleaseException(
                    $"{Version} is paused in {environment.Name}.",
                    paused.Reason,
                    $"To let it go on: {release.Options.CommandFor("Promote")} --environment={environment.Name}\nTo end it: {release.Options.CommandFor("Abort")}",
                    ExitCodes.Paused
                );
            case RolloutResult.RolledBack back:
                throw TakenBack(
                    back.Restored
                        ? $"{Version} was taken back from {environment.Name}; {back.To ?? "nothing"} serves there."
                        : $"{Version} failed in {environment.Name}, and the version before could NOT be restored.",
                    back.Reason
                );
        }
    }

    ReleaseException TakenBack(string what, string reason) =>
        new(
            what,
            reason,
            $"Mend it, commit, and release again. To try this version once more: {release.Options.CommandFor("Deploy")} --environment={environment.Name}",
            ExitCodes.RolledBack
        );
}
