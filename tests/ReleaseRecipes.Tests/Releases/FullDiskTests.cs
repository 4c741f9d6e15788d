using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>
/// Real file systems that are full or cannot be written to, each in a mount namespace of its own: a release that cannot go on says so and leaves
/// nothing half-written; run again where there is room, it ends as one that never met a full disk.
/// </summary>
[Category("Slow")]
public sealed class FullDiskTests : IDisposable
{
    static readonly Lazy<Task<(string Shared, string Local)>> Twin = new(UndisturbedAsync);
    readonly CommandProject project = new();
    readonly TemporaryFolder disk = new();

    public void Dispose()
    {
        project.Dispose();
        disk.Dispose();
    }

    [TestCase(40)]
    [TestCase(160)]
    [TestCase(300)]
    [TestCase(480)]
    public Task A_disk_that_fills_up_stops_the_release_which_goes_on_when_there_is_room(int kibibytes) =>
        StopsAndGoesOnAsync(
            $"head -c $(( ($(df -k --output=avail {disk.Path} | tail -n 1) - {kibibytes}) * 1024 )) /dev/zero > {disk["filler"]}",
            $"rm {disk["filler"]}",
            "(?s)(No space left on device|Out of diskspace).*run the same command again"
        );

    [Test]
    public Task A_work_tree_that_cannot_be_written_to_stops_the_release_which_goes_on_when_it_can() =>
        StopsAndGoesOnAsync(
            $"mount --bind {disk["clone"]}/.git {disk["git"]} && {ReadOnly(disk["clone"])} && mount --bind {disk["git"]} {disk["clone"]}/.git",
            $"umount {disk["clone"]}/.git {disk["clone"]}",
            "Read-only file system"
        );

    [Test]
    public Task A_repository_that_cannot_be_written_to_stops_the_release_which_goes_on_when_it_can() =>
        StopsAndGoesOnAsync(
            ReadOnly(disk["clone"] + "/.git"),
            $"umount {disk["clone"]}/.git",
            "(?s)Read-only file system.*run the same command again"
        );

    [Test]
    public async Task A_plan_needs_nothing_that_can_be_written_to()
    {
        Linux();
        var plan = await InsideAsync(
            $"{ReadOnly(project.First)} && cd {project.First} && ! touch x 2>/dev/null && {Run("Version")} && {Run("Plan")}"
        );

        Assert.That(plan.ExitCode, Is.Zero, plan.Output + plan.Error);
        Assert.That(plan.Output, Does.Contain("Version 0.1.0").And.Contain("To do all of this:"));
    }

    /// <summary>Moves the clone to a small disk, lets something happen to it, releases, mends it, releases again.</summary>
    async Task StopsAndGoesOnAsync(string trouble, string mended, string said)
    {
        Linux();
        var script = $"""
            mount -t tmpfs -o size=8m none {disk.Path} && mkdir {disk["git"]} && cp -a {project.First} {disk["clone"]} || exit 90
            cd {disk["clone"]}; {trouble} || exit 91
            cd {disk["clone"]}; {Run("Release --push")}; echo "exit code $?"
            cd /; {mended} || exit 92
            cd {disk["clone"]} && git fsck --no-dangling --no-progress && {Run("Release --push")} || exit 93
            cp -a {disk["clone"]}/. {project.First}
            """;

        var both = await InsideAsync(script);

        Assert.That(both.ExitCode, Is.Zero, both.Output + both.Error);
        Assert.That(both.Output, Does.Contain("exit code 1\n"));
        Assert.That(both.Output, Does.Match(said));
        var (shared, local) = await Twin.Value;
        Assert.That(await EndState.SharedAsync(project, project.First), Is.EqualTo(shared));
        Assert.That(EndState.Local(project.First), Is.EqualTo(local));
    }

    static async Task<(string Shared, string Local)> UndisturbedAsync()
    {
        using var twin = new CommandProject();
        Assert.That((await twin.ReleaseAsync(twin.First)).ExitCode, Is.Zero);
        return (await EndState.SharedAsync(twin, twin.First), EndState.Local(twin.First));
    }

    static string ReadOnly(string folder) => $"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}";

    static string Run(string target) => $"dotnet exec {Recipe.Assembly} --target={target}";

    Task<ProgramResult> InsideAsync(string script)
    {
        var call = project.Release(project.First);
        return ProgramRunner.RunAsync(
            new ProgramCall("unshare", "--mount", "sh", "-c", script) { Environment = call.Environment, Timeout = call.Timeout }
        );
    }

    static void Linux()
    {
        Needs.Linux();
        if (ProgramRunner.RunAsync(new ProgramCall("unshare", "--mount", "true")).GetAwaiter().GetResult().ExitCode != 0)
        {
            Assert.Ignore("needs root: it mounts small file systems (unshare --mount)");
        }
    }
}
