using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Deploys the release to one environment: --environment=NAME.</summary>
[TaskName("Deploy")]
[TaskDescription("Deploys the release to one environment: --environment=NAME.")]
public sealed class DeployTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new DeployOne(release).RunAsync(cancel);
}
