using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Flow;

/// <summary>Lets a paused rollout take its next move, and goes on with it.</summary>
public sealed class PromoteRollout(ReleaseSession release)
{
    /// <summary>Records that a person let it go on, then goes on.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var environment = release.EnvironmentNamed(release.Options.DemandEnvironment());
        await new RecordedRelease(release).TakeUpAsync(cancel);
        if (!await Deployer.LetGoOnAsync(release.Ledger, release.Version.Version, environment.Name, cancel))
        {
            throw new ReleaseException(
                $"No rollout of {release.Version.Version} is paused in {environment.Name}.",
                todo: $"See where things stand: {release.Options.CommandFor("Status")}"
            );
        }

        await new DeployEnvironment(release, environment).RunAsync(again: false, cancel);
        release.Terminal.Next("To go on with the rest of the release", release.Options.CommandFor("Release"));
    }
}
