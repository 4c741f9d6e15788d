using Cake.Frosting;
using ReleaseRecipes.Flow;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Steps;

/// <summary>Deploys to staging, and to the environments before it.</summary>
[TaskName("DeployStaging")]
[TaskDescription("Deploys to staging, and to the environments before it.")]
[IsDependentOn(typeof(TagTask))]
public sealed class DeployStagingTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) =>
        new DeployEnvironments(release).RunAsync(EnvironmentOrder.UpToStaging(release.Strategy.Environments), cancel);
}
