using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Stops what the local target runs.</summary>
[TaskName("Down")]
[TaskDescription("Stops what the local target runs.")]
public sealed class DownTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new StopLocal(release).RunAsync(cancel);
}
