using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Lets a paused rollout take its next move: --environment=NAME.</summary>
[TaskName("Promote")]
[TaskDescription("Lets a paused rollout take its next move: --environment=NAME.")]
public sealed class PromoteTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new PromoteRollout(release).RunAsync(cancel);
}
