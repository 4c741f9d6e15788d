using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Shows where each environment stands.</summary>
[TaskName("Status")]
[TaskDescription("Shows where each environment stands.")]
public sealed class StatusTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new ShowStatus(release).RunAsync(cancel);
}
