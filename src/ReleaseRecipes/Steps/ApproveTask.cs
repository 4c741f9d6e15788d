using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Records an approval of exactly this plan: --environment=NAME.</summary>
[TaskName("Approve")]
[TaskDescription("Records an approval of exactly this plan: --environment=NAME.")]
public sealed class ApproveTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new GiveApproval(release).RunAsync(cancel);
}
