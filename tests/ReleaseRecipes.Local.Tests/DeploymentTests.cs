using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class DeploymentTests
{
    [Test]
    public async Task A_version_serves_once_it_is_installed_and_has_the_traffic()
    {
        await using var machine = new Machine();

        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
        Assert.That((await machine.VersionsAsync()).Single(), Is.EqualTo(new RunningVersion("1.0.0", 1, 1, 100)));
    }

    [Test]
    public async Task Ten_percent_is_every_tenth_request()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0");

        await machine.ShiftAsync(("1.0.0", 90), ("1.1.0", 10));
        var answers = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            answers.Add(await machine.GetAsync("/"));
        }

        Assert.That(answers.Count(answer => answer == "1.1.0"), Is.EqualTo(10));
    }

    [Test]
    public async Task A_version_can_be_tried_before_it_has_traffic()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        await machine.InstallAsync("1.1.0");

        var preview = await machine.Target.PreviewAsync("1.1.0", CancellationToken.None);

        Assert.That(await machine.Http.GetStringAsync(preview), Is.EqualTo("1.1.0"));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Traffic_is_not_sent_to_a_version_that_does_not_run()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() => machine.ShiftAsync(("1.1.0", 100)));

        Assert.That(refusal!.What, Is.EqualTo("Version 1.1.0 has no healthy instance to send traffic to."));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_version_with_traffic_is_not_retired()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() => machine.RetireAsync("1.0.0"));

        Assert.That(refusal!.What, Is.EqualTo("Version 1.0.0 still has traffic."));
    }

    [Test]
    public async Task A_retired_version_comes_back_from_its_slot()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.RetireAsync("1.0.0");
        await machine.RetireAsync("1.0.0");

        await machine.Target.InstallAsync("1.0.0", null, 1, new Progress<string>(), CancellationToken.None);
        await machine.ShiftAsync(("1.0.0", 100));

        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_slot_that_was_changed_is_not_brought_back()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.RetireAsync("1.0.0");
        var file = Directory.GetFiles(machine.Files.Slots, "*.TestApp.dll", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(file, "changed");

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() =>
            machine.Target.InstallAsync("1.0.0", null, 1, new Progress<string>(), CancellationToken.None)
        );

        Assert.That(refusal!.What, Does.Contain("is not what was released").And.Contain("TestApp.dll is changed"));
    }

    [Test]
    public async Task A_version_that_was_never_here_cannot_come_back()
    {
        await using var machine = new Machine();

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() =>
            machine.Target.InstallAsync("0.9.0", null, 1, new Progress<string>(), CancellationToken.None)
        );

        Assert.That(refusal!.What, Is.EqualTo("Version 0.9.0 was never installed in production on this machine."));
    }

    [Test]
    public async Task Instances_are_added_and_taken_away_to_the_number_asked_for()
    {
        await using var machine = new Machine();

        await machine.InstallAsync("1.0.0", 3);
        var three = (await machine.VersionsAsync()).Single();
        await machine.InstallAsync("1.0.0", 1);
        var one = (await machine.VersionsAsync()).Single();

        Assert.That(three, Is.EqualTo(new RunningVersion("1.0.0", 3, 3, 0)));
        Assert.That(one, Is.EqualTo(new RunningVersion("1.0.0", 1, 1, 0)));
    }

    [Test]
    public async Task Nothing_serves_after_an_empty_split()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        await machine.ShiftAsync();
        await machine.RetireAsync("1.0.0");

        using var answer = await machine.Http.GetAsync(await machine.UrlAsync());
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public async Task A_request_under_way_is_let_finish_before_its_version_is_stopped()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0");
        await machine.ShiftAsync(("1.0.0", 100));
        var underWay = machine.GetAsync("/wait/1500");
        await Machine.UntilAsync(
            async () => (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances.Any(instance => instance.Requests > 0),
            "the request is under way"
        );

        await machine.ShiftAsync(("1.1.0", 100));
        await machine.RetireAsync("1.0.0");

        Assert.That(underWay.IsCompleted, Is.True);
        Assert.That(await underWay, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task The_application_sees_the_release_and_the_builds_variables_but_not_the_repositorys()
    {
        await using var machine = new Machine("staging");
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await machine.GetAsync("/variable/RELEASE_VERSION"), Is.EqualTo("1.0.0"));
            Assert.That(await machine.GetAsync("/variable/RELEASE_ENVIRONMENT"), Is.EqualTo("staging"));
            Assert.That(await machine.GetAsync("/variable/RELEASE_REPOSITORY"), Is.EqualTo(machine.GitDirectory));
            Assert.That(await machine.GetAsync("/variable/PATH"), Is.EqualTo(Environment.GetEnvironmentVariable("PATH")));
            Assert.That(await machine.GetAsync("/variable/GIT_DIR"), Is.EqualTo("not set"));
            Assert.That(await machine.GetAsync("/folder"), Does.StartWith(machine.Files.Slots));
        }
    }

    [Test]
    public async Task An_owner_that_was_overtaken_commands_nothing_any_more()
    {
        await using var machine = new Machine { Fence = 5 };
        await machine.InstallAsync("1.0.0");
        machine.Fence = 4;

        var refusal = await Assert.ThrowsAsync<ReleaseException>(() => machine.ShiftAsync(("1.0.0", 100)));

        Assert.That(refusal!.What, Is.EqualTo("Another release has taken over this environment."));
        Assert.That((await machine.VersionsAsync()).Single().Weight, Is.Zero);
    }

    [Test]
    public async Task Down_stops_everything_and_the_environment_starts_again_on_its_port()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        var url = await machine.UrlAsync();
        var (gateway, watchdog) = (machine.Gateway.Process, machine.Watchdog);
        var instance = (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances.Single().Process!.Value;

        var stopped = await LocalEnvironments.DownAsync(machine.GitDirectory);
        var alive = Deployment.Local.Protocol.ProcessIdentity.Of(instance);
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        Assert.That(stopped, Is.EqualTo(new[] { "production" }));
        Assert.That(
            (gateway.IsAlive, watchdog.IsAlive, alive),
            Is.EqualTo((false, false, (Deployment.Local.Protocol.ProcessIdentity?)null))
        );
        Assert.That(await machine.UrlAsync(), Is.EqualTo(url));
        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Looking_at_what_never_ran_starts_nothing()
    {
        await using var machine = new Machine { Fence = 0 };

        var state = await machine.Target.ReadAsync(CancellationToken.None);

        Assert.That(state.Versions, Is.Empty);
        Assert.That(Directory.Exists(machine.Files.Path), Is.False);
    }
}
