using Cake.Core;
using Cake.Frosting;
using ReleaseRecipes;
using ReleaseRecipes.Steps;

/// <summary>Runs after the version is known and before the gates; a release stops where it fails.</summary>
[TaskName("LayTables")]
[TaskDescription("Lays the tables.")]
[IsDependentOn(typeof(VersionTask))]
[IsDependeeOf(typeof(GatesTask))]
public sealed class LayTablesTask(ReleaseStart start) : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        var release = await start.SessionAsync();
        release.Terminal.Line($"  The tables are laid for {release.Version.Version}.");
    }
}

/// <summary>Runs between the tag and the first environment.</summary>
[TaskName("TellWaiters")]
[TaskDescription("Tells the waiters.")]
[IsDependentOn(typeof(TagTask))]
[IsDependeeOf(typeof(DeployStagingTask))]
public sealed class TellWaitersTask(ReleaseStart start) : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        var release = await start.SessionAsync();
        release.Terminal.Line($"  The waiters know of {release.Version.Version}.");
    }
}
