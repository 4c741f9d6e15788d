using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Writes the release notes.</summary>
[TaskName("Changelog")]
[TaskDescription("Writes the release notes.")]
[IsDependentOn(typeof(VersionTask))]
public sealed class ChangelogTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new WriteNotes(release).RunAsync(cancel);
}
