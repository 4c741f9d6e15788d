using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Stops what the local target runs: gateways, supervisors, instances. What is deployed stays known and comes back with the next deployment.</summary>
public sealed class StopLocal(ReleaseSession release)
{
    /// <summary>Stops one environment, or all of them.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (release.Options.Environment is { } name)
        {
            release.EnvironmentNamed(name);
        }

        var stopped = await LocalEnvironments.DownAsync(release.Git.GitDirectory, release.Options.Environment, cancel);
        release.Terminal.Line();
        release.Terminal.Line(stopped.Count == 0 ? "Nothing was running." : $"Stopped: {string.Join(", ", stopped)}.", Tone.Good);
    }
}
