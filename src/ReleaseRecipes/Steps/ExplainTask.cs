using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Prints every effective value of the strategy and where it comes from.</summary>
[TaskName("Explain")]
[TaskDescription("Prints every effective value of the strategy and where it comes from.")]
public sealed class ExplainTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new ExplainStrategy(release).RunAsync(cancel);
}
