using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

[NonParallelizable]
public sealed class ChaosTests
{
    [Test]
    public async Task Whatever_is_killed_in_whatever_order_all_of_it_comes_back_as_commanded()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2);
        await machine.InstallAsync("1.1.0", 2);
        await machine.ShiftAsync(("1.0.0", 100));
        var dice = new Random(20260105);

        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var victim in (await VictimsAsync(machine)).OrderBy(_ => dice.Next()).Take(1 + dice.Next(3)))
            {
                Machine.Kill(victim);
            }

            var weight = dice.Next(101);
            await Machine.UntilAsync(() => ShiftedAsync(machine, weight), $"round {round}: traffic is shifted to {weight}%");
            await Machine.UntilAsync(async () => await StandsAsync(machine, weight), $"round {round}: everything is back");
        }

        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await machine.GetAsync("/"));
        }

        Assert.That(answers, Has.All.AnyOf("1.0.0", "1.1.0"));
        // A death that nobody has noticed yet shows as standing.
        await Machine.UntilAsync(
            () => Task.FromResult(Directory.GetFiles(machine.Files.Processes, "*.json").Length == 4),
            "no process is left behind or forgotten"
        );
    }

    [Test]
    public async Task A_gateway_that_is_killed_while_it_installs_finishes_with_the_next_one()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        var before = machine.Gateway;

        var install = machine.InstallAsync("1.1.0", 3);
        await Machine.UntilAsync(
            () => Task.FromResult(Directory.GetFiles(machine.Files.Processes, "*.json").Length > 1),
            "the install has begun"
        );
        Machine.Kill(before.Process);
        await install;
        await machine.ShiftAsync(("1.1.0", 100));

        Assert.That(
            await machine.VersionsAsync(),
            Is.EquivalentTo(new[] { new RunningVersion("1.0.0", 1, 1, 0), new RunningVersion("1.1.0", 3, 3, 100) })
        );
        Assert.That(Directory.GetFiles(machine.Files.Processes, "*.json"), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Two_builds_that_install_at_once_leave_one_environment_in_one_state()
    {
        await using var machine = new Machine();

        await Task.WhenAll(machine.InstallAsync("1.0.0", 2), machine.InstallAsync("1.0.0", 2), machine.InstallAsync("1.0.0", 2));

        Assert.That((await machine.VersionsAsync()).Single(), Is.EqualTo(new RunningVersion("1.0.0", 2, 2, 0)));
        Assert.That(Directory.GetFiles(machine.Files.Processes, "*.json"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_state_that_cannot_be_written_is_a_refusal_and_changes_nothing()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0");
        await machine.ShiftAsync(("1.0.0", 100));
        // A folder in its place stands for a full disk: the file cannot be replaced.
        File.Move(machine.Files.State, machine.Files.State + ".kept");
        Directory.CreateDirectory(machine.Files.State);

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() => machine.ShiftAsync(("1.1.0", 100)));
        Directory.Delete(machine.Files.State);
        File.Move(machine.Files.State + ".kept", machine.Files.State);

        Assert.That(refusal!.What, Is.EqualTo("The gateway could not write down what it was told, and did nothing."));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
        await machine.ShiftAsync(("1.1.0", 100));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.1.0"));
    }

    [Test]
    public async Task A_clone_that_is_deleted_takes_what_ran_from_it_with_it()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        var victims = await VictimsAsync(machine);

        Directory.Delete(Path.Combine(machine.GitDirectory, "release-recipes"), recursive: true);

        await Machine.UntilAsync(() => Task.FromResult(victims.All(process => !process.IsAlive)), "nothing runs any more");
    }

    static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("CHAOS_ROUNDS"), out var rounds) ? rounds : 3;

    static async Task<List<ProcessIdentity>> VictimsAsync(Machine machine) =>
        [
            machine.Gateway.Process,
            machine.Watchdog,
            .. (await LocalEnvironments.ReadAsync(machine.GitDirectory))
                .Single()
                .Instances.Select(instance => instance.Process is { } id ? ProcessIdentity.Of(id) : null)
                .OfType<ProcessIdentity>(),
        ];

    /// <summary>A version whose instances were all killed takes no traffic until one of them is back.</summary>
    static async Task<bool> ShiftedAsync(Machine machine, int weight)
    {
        try
        {
            await machine.ShiftAsync(("1.0.0", 100 - weight), ("1.1.0", weight));
            return true;
        }
        catch (ReleaseException refusal) when (refusal.What.EndsWith("no healthy instance to send traffic to.", StringComparison.Ordinal))
        {
            return false;
        }
    }

    static async Task<bool> StandsAsync(Machine machine, int weight) =>
        machine.Watchdog.IsAlive
        && machine.Gateway.Process.IsAlive
        && await machine.VersionsAsync() is var versions
        && versions.Contains(new RunningVersion("1.0.0", 2, 2, 100 - weight))
        && versions.Contains(new RunningVersion("1.1.0", 2, 2, weight));
}
