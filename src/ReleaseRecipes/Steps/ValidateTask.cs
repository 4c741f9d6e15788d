using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Checks the strategy file.</summary>
[TaskName("Validate")]
[TaskDescription("Checks the strategy file.")]
public sealed class ValidateTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new ValidateStrategy(release).RunAsync(cancel);
}
