using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Runs the quality gates and keeps their evidence.</summary>
[TaskName("Gates")]
[TaskDescription("Runs the quality gates and keeps their evidence.")]
[IsDependentOn(typeof(ChangelogTask))]
public sealed class GatesTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new RunGates(release).RunAsync(cancel);
}
