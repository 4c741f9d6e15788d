using Cake.Frosting;
using ReleaseRecipes.Flow;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Steps;

/// <summary>Deploys to production, watching it, and takes it back where it fails.</summary>
[TaskName("DeployProduction")]
[TaskDescription("Deploys to production, watching it, and takes it back where it fails.")]
[IsDependentOn(typeof(DeployStagingTask))]
public sealed class DeployProductionTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) =>
        new DeployEnvironments(release).RunAsync(EnvironmentOrder.UpToProduction(release.Strategy.Environments), cancel);
}
