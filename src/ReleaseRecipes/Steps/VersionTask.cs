using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Decides the next version from the commits since the last release.</summary>
[TaskName("Version")]
[TaskDescription("Decides the next version from the commits since the last release.")]
public sealed class VersionTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new DecideVersion(release).RunAsync(cancel);
}
