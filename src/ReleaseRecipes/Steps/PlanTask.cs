using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Prints what Release would do. Reads only, needs no token.</summary>
[TaskName("Plan")]
[TaskDescription("Prints what Release would do. Reads only, needs no token.")]
public sealed class PlanTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new ShowPlan(release).RunAsync(cancel);
}
