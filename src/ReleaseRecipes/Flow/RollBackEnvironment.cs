using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Brings an environment back to a version that was verified there.</summary>
public sealed class RollBackEnvironment(ReleaseSession release)
{
    /// <summary>Goes to the version that is named, or to the one verified before the one that serves.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var environment = release.EnvironmentNamed(release.Options.DemandEnvironment());
        var reason = release.Options.Reason ?? "asked for by hand";
        release.Terminal.Heading($"Roll back {environment.Name}");
        var serving = (await release.Ledger.HeadAsync(cancel)).State.Environments.GetValueOrDefault(environment.Name);
        var version = serving?.Candidate ?? serving?.Verified ?? throw NothingThere(environment.Name);
        await using var lease = await KeptLease.TakeAsync(release, environment.Name, version, takeOver: false, cancel);
        var deployer = new Rollouts(release).Deployer(environment, lease.Lease);
        var result = await deployer.RollbackAsync(
            environment,
            release.Strategy.Application,
            release.Options.ReleaseVersion,
            reason,
            cancel
        );
        if (!result.Restored)
        {
            throw new ReleaseException(
                $"{environment.Name} could NOT be brought back to {result.To}.",
                result.Reason,
                $"See what serves: {release.Options.CommandFor("Status")}. Then try again, or name another version with --release-version=V."
            );
        }

        release.Terminal.Line($"  {environment.Name} is on {result.To} again", Tone.Good);
        release.Terminal.Next("To see where things stand", release.Options.CommandFor("Status"));
    }

    ReleaseException NothingThere(string name) =>
        new(
            $"Nothing was ever deployed to {name}.",
            todo: $"Deploy first: {release.Options.CommandFor("Release")}",
            exitCode: ExitCodes.WrongInput
        );
}
