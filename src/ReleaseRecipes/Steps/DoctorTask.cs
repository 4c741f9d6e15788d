using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Checks tools, credentials and remotes: what is there, what is missing, what to do.</summary>
[TaskName("Doctor")]
[TaskDescription("Checks tools, credentials and remotes: what is there, what is missing, what to do.")]
public sealed class DoctorTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new CheckSurroundings(release).RunAsync(cancel);
}
