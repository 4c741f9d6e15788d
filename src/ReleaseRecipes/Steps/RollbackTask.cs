using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Brings an environment back to the last verified version: --environment=NAME.</summary>
[TaskName("Rollback")]
[TaskDescription("Brings an environment back to the last verified version: --environment=NAME.")]
public sealed class RollbackTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new RollBackEnvironment(release).RunAsync(cancel);
}
