using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class RestartTests
{
    [Test]
    public async Task A_killed_gateway_comes_back_by_itself_with_the_same_weights_port_and_instances()
    {
        await using var machine = await TwoVersionsAsync();
        var (gateway, url) = (machine.Gateway, await machine.UrlAsync());
        var before = await InstancesAsync(machine);

        Machine.Kill(gateway.Process);
        await BackAsync(machine, gateway);

        Assert.That(await InstancesAsync(machine), Is.EqualTo(before));
        Assert.That(await machine.UrlAsync(), Is.EqualTo(url));
        Assert.That(
            await machine.VersionsAsync(),
            Is.EquivalentTo(new[] { new RunningVersion("1.0.0", 2, 2, 75), new RunningVersion("1.1.0", 1, 1, 25) })
        );
        Assert.That((await AnswersAsync(machine, 100)).Count(answer => answer == "1.1.0"), Is.EqualTo(25));
    }

    [Test]
    public async Task While_the_gateway_is_dead_users_wait_and_are_not_refused()
    {
        await using var machine = await TwoVersionsAsync();
        var gateway = machine.Gateway;
        var url = await machine.UrlAsync();

        Machine.Kill(gateway.Process);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => machine.Http.GetStringAsync(url)));

        Assert.That(answers, Has.All.AnyOf("1.0.0", "1.1.0"));
    }

    [Test]
    public async Task A_killed_watchdog_is_brought_back_by_the_gateway_and_then_brings_it_back()
    {
        await using var machine = await TwoVersionsAsync();
        var (watchdog, gateway) = (machine.Watchdog, machine.Gateway);

        Machine.Kill(watchdog);
        await Machine.UntilAsync(
            () => Task.FromResult(machine.Watchdog is { IsAlive: true } next && next != watchdog),
            "there is a new watchdog"
        );
        Machine.Kill(gateway.Process);
        await BackAsync(machine, gateway);

        Assert.That(await AnswersAsync(machine, 10), Has.All.AnyOf("1.0.0", "1.1.0"));
    }

    [Test]
    public async Task After_a_kill_of_both_the_next_command_finds_everything_as_it_was()
    {
        await using var machine = await TwoVersionsAsync();
        var (watchdog, gateway, url) = (machine.Watchdog, machine.Gateway, await machine.UrlAsync());
        var before = await InstancesAsync(machine);

        Machine.Kill(watchdog);
        Machine.Kill(gateway.Process);
        await Machine.UntilAsync(() => Task.FromResult(!watchdog.IsAlive && !gateway.Process.IsAlive), "both are dead");
        var versions = await machine.VersionsAsync();

        Assert.That(versions.Select(version => (version.Version, version.Weight)), Is.EquivalentTo(new[] { ("1.0.0", 75), ("1.1.0", 25) }));
        Assert.That(await InstancesAsync(machine), Is.EqualTo(before));
        Assert.That(await machine.UrlAsync(), Is.EqualTo(url));
    }

    [Test]
    public async Task An_instance_that_died_with_the_gateway_is_started_again()
    {
        await using var machine = await TwoVersionsAsync();
        var gateway = machine.Gateway;
        var before = await InstancesAsync(machine);
        var victim = before[0].Process;

        Machine.Kill(gateway.Process);
        Machine.Kill(Deployment.Local.Protocol.ProcessIdentity.Of(victim)!);
        await BackAsync(machine, gateway);
        await Machine.UntilAsync(async () => (await machine.VersionsAsync()).Sum(version => version.Healthy) == 3, "three are healthy");

        var after = await InstancesAsync(machine);
        Assert.That(after.Select(one => one.Process), Does.Not.Contain(victim));
        Assert.That(after.Skip(1), Is.EqualTo(before.Skip(1)));
    }

    [Test]
    public async Task An_instance_started_after_a_restart_sees_the_variables_of_its_version()
    {
        var name = "SHOP_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "of the first build");
        await using var machine = await TwoVersionsAsync();
        Environment.SetEnvironmentVariable(name, "of the second build");
        await machine.InstallAsync("1.2.0");
        var gateway = machine.Gateway;

        Machine.Kill(gateway.Process);
        await BackAsync(machine, gateway);
        var instance = (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances.Single(one => one.Version == "1.2.0");
        Machine.Kill(Deployment.Local.Protocol.ProcessIdentity.Of(instance.Process!.Value)!);
        await Machine.UntilAsync(
            async () =>
                (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances.Single(one => one.Version == "1.2.0")
                    is { State: "healthy" } next
                && next.Process != instance.Process,
            "it was started again"
        );
        await machine.ShiftAsync(("1.2.0", 100));

        Assert.That(await machine.GetAsync("/variable/" + name), Is.EqualTo("of the second build"));
        Assert.That(
            Directory
                .EnumerateFiles(machine.GitDirectory, "*", SearchOption.AllDirectories)
                .Where(file =>
                    !file.EndsWith(".lock", StringComparison.Ordinal)
                    && File.ReadAllText(file).Contains("of the second build", StringComparison.Ordinal)
                ),
            Is.Empty
        );
    }

    [Test]
    public async Task A_newer_gateway_takes_over_without_a_failed_request()
    {
        await using var machine = await TwoVersionsAsync();
        var old = machine.Gateway;
        var instances = await InstancesAsync(machine);
        // The same program in another folder stands for the next version of it.
        var other = Path.Combine(machine.GitDirectory, "other-program");
        Directory.CreateDirectory(other);
        foreach (var file in Directory.GetFiles(old.Program))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        Deployment.Local.Protocol.WholeFile.Write(machine.Files.Program, other);
        Machine.Kill(old.Process);
        await BackAsync(machine, old);
        var replaced = machine.Gateway;
        await using var load = new Load(await machine.UrlAsync(), 100);
        await load.MoreAsync(50);
        await machine.InstallAsync("1.0.0", 2);
        await load.MoreAsync(50);

        Assert.That(Path.TrimEndingDirectorySeparator(replaced.Program), Is.EqualTo(other));
        Assert.That(Path.TrimEndingDirectorySeparator(machine.Gateway.Program), Is.EqualTo(Path.TrimEndingDirectorySeparator(old.Program)));
        Assert.That(await InstancesAsync(machine), Is.EqualTo(instances));
        Assert.That(load.Failures, Is.Zero, load.Problems);
    }

    [Test]
    public async Task A_request_under_way_does_not_hold_up_the_gateway_that_takes_over()
    {
        await using var machine = await TwoVersionsAsync();
        var old = machine.Gateway;
        var underWay = machine.GetAsync("/wait/6000");
        await Machine.UntilAsync(
            async () => (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances.Any(one => one.Requests > 0),
            "the request is under way"
        );

        await machine.HandOverAsync();
        await BackAsync(machine, old);

        Assert.That(await machine.GetAsync("/"), Is.AnyOf("1.0.0", "1.1.0"));
        Assert.That(await underWay, Is.AnyOf("1.0.0", "1.1.0"));
    }

    static async Task<Machine> TwoVersionsAsync()
    {
        var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2);
        await machine.InstallAsync("1.1.0");
        await machine.ShiftAsync(("1.0.0", 75), ("1.1.0", 25));
        return machine;
    }

    static Task BackAsync(Machine machine, Deployment.Local.Protocol.GatewayPlace before) =>
        Machine.UntilAsync(
            async () =>
                machine.Gateway is var now
                && now.Process != before.Process
                && now.Process.IsAlive
                && (await machine.VersionsAsync()).Count > 0,
            "the gateway is back"
        );

    static async Task<List<(string Version, int Ordinal, int Process)>> InstancesAsync(Machine machine) =>
        [
            .. (await LocalEnvironments.ReadAsync(machine.GitDirectory))
                .Single()
                .Instances.Select(one => (one.Version, one.Ordinal, one.Process ?? 0))
                .Order(),
        ];

    static async Task<List<string>> AnswersAsync(Machine machine, int number)
    {
        var answers = new List<string>();
        for (var i = 0; i < number; i++)
        {
            answers.Add(await machine.GetAsync("/"));
        }

        return answers;
    }
}
