using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Writes what a repository lacks to use the recipe; overwrites nothing.</summary>
[TaskName("Init")]
[TaskDescription("Writes what a repository lacks to use the recipe; overwrites nothing.")]
public sealed class InitTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new InitRepository(release).RunAsync(cancel);
}
