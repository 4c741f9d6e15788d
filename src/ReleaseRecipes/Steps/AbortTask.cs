using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Stops a paused or interrupted release; every environment stays on its last verified version.</summary>
[TaskName("Abort")]
[TaskDescription("Stops a paused or interrupted release; every environment stays on its last verified version.")]
public sealed class AbortTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new AbortRelease(release).RunAsync(cancel);
}
