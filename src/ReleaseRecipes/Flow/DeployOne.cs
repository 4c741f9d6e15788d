namespace ReleaseRecipes.Flow;

/// <summary>Deploys the release that is under way, or was last made, to one environment.</summary>
public sealed class DeployOne(ReleaseSession release)
{
    /// <summary>Brings it there, though it was taken back before.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var environment = release.EnvironmentNamed(release.Options.DemandEnvironment());
        await new RecordedRelease(release).TakeUpAsync(cancel);
        await new DeployEnvironment(release, environment).RunAsync(again: true, cancel);
    }
}
