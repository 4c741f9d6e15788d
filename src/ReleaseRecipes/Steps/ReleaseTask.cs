using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>All of it: version, changelog, gates, package, tag, every environment.</summary>
[TaskName("Release")]
[TaskDescription("All of it: version, changelog, gates, package, tag, every environment.")]
[IsDependentOn(typeof(DeployProductionTask))]
public sealed class ReleaseTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new FinishRelease(release).RunAsync(cancel);
}
