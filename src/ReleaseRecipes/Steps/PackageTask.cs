using Cake.Frosting;
using ReleaseRecipes.Flow;

namespace ReleaseRecipes.Steps;

/// <summary>Builds the application with its version and hashes what comes of it.</summary>
[TaskName("Package")]
[TaskDescription("Builds the application with its version and hashes what comes of it.")]
[IsDependentOn(typeof(GatesTask))]
public sealed class PackageTask(ReleaseStart start) : ReleaseStep(start)
{
    protected override Task RunAsync(ReleaseSession release, CancellationToken cancel) => new MakePackage(release).RunAsync(cancel);
}
