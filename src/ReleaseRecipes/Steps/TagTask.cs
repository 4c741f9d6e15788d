using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Tags the release, and publishes the tag where pushing is on.</summary>
[TaskName("Tag")]
[TaskDescription("Tags the release, and publishes the tag where pushing is on.")]
[IsDependentOn(typeof(PackageTask))]
public sealed class TagTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new TagRelease(release).RunAsync(cancel);
}
