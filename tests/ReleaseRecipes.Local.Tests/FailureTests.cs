using System.Net;
using System.Net.Sockets;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class FailureTests
{
    [Test]
    public async Task An_instance_that_ends_again_and_again_fails_the_install_with_what_it_wrote()
    {
        await using var machine = new Machine();

        var failure = await Assert.ThrowsAsync<ReleaseException>(() => machine.InstallAsync("1.0.0", ill: "crash-at-start"));

        Assert.That(failure!.What, Is.EqualTo("Instance 1 of version 1.0.0 ended 3 times while it was to start."));
        Assert.That(failure.Where, Does.Contain("ended with exit code 7").And.Contain("the database is not there"));
        Assert.That(await machine.VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task An_instance_that_does_not_become_healthy_in_time_fails_the_install()
    {
        await using var machine = new Machine();
        machine.Environment = machine.Environment with { StartTimeout = TimeSpan.FromSeconds(4) };

        var failure = await Assert.ThrowsAsync<ReleaseException>(() => machine.InstallAsync("1.0.0", ill: "never-healthy"));

        Assert.That(failure!.What, Is.EqualTo("Instance 1 of version 1.0.0 was not healthy within 4 s."));
        Assert.That(failure.Where, Does.StartWith("Last seen: it "));
        Assert.That(await machine.VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_failed_install_leaves_the_version_that_serves_alone()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));

        await Assert.ThrowsAsync<ReleaseException>(() => machine.InstallAsync("1.1.0", 2, "crash-at-start"));

        Assert.That(await machine.GetAsync("/"), Is.EqualTo("1.0.0"));
        Assert.That((await machine.VersionsAsync()).Select(version => version.Version), Is.EqualTo(new[] { "1.0.0" }));
    }

    [Test]
    public async Task An_instance_that_crashes_is_started_again_and_counted()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2, "crash-at=3");
        await machine.ShiftAsync(("1.0.0", 100));

        for (var i = 0; i < 6; i++)
        {
            await machine.Http.GetAsync(await machine.UrlAsync());
        }

        await Machine.UntilAsync(
            async () =>
                (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances is var all
                && all.Any(one => one.Crashes > 0)
                && all.All(one => one.State == "healthy"),
            "the crashed instance is healthy again"
        );
        Assert.That((await machine.MeasureAsync("1.0.0")).Candidate["crashes"].Value, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task A_version_whose_instance_is_gone_gives_its_requests_to_the_others()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0", 2);
        await machine.ShiftAsync(("1.0.0", 100));
        var first = (await LocalEnvironments.ReadAsync(machine.GitDirectory)).Single().Instances[0];

        Machine.Kill(Deployment.Local.Protocol.ProcessIdentity.Of(first.Process!.Value)!);
        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await machine.GetAsync("/"));
        }

        Assert.That(answers, Has.All.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_port_that_another_program_has_is_said_so()
    {
        using var foreign = new TcpListener(IPAddress.Loopback, 0);
        foreign.Start();
        var port = ((IPEndPoint)foreign.LocalEndpoint).Port;
        await using var machine = new Machine();
        machine.Environment = machine.Environment with { Local = new() { Port = port } };

        var failure = await Assert.ThrowsAsync<ReleaseException>(() => machine.InstallAsync("1.0.0"));

        Assert.That(failure!.What, Is.EqualTo($"The gateway cannot listen on 127.0.0.1:{port}: Address already in use."));
        Assert.That(failure.Todo, Does.StartWith("Stop the program that has the port"));
    }

    [Test]
    public async Task Artefacts_that_are_not_what_was_hashed_are_not_installed()
    {
        await using var machine = new Machine();
        var candidate = Machine.Candidate("1.0.0") with { Digest = new string('0', 64) };

        var failure = await Assert.ThrowsAsync<ReleaseException>(() =>
            machine.Target.InstallAsync("1.0.0", candidate, 1, new Progress<string>(), CancellationToken.None)
        );

        Assert.That(failure!.What, Does.StartWith("The artefacts of 1.0.0 are not what was hashed"));
    }

    [TestCase("../outside")]
    [TestCase("/etc/hostname")]
    [TestCase("folder/../../outside")]
    public async Task An_artefact_that_leads_out_of_its_folder_is_not_installed(string file)
    {
        await using var machine = new Machine();
        var candidate = Machine.Candidate("1.0.0") with { Files = [file] };

        var failure = await Assert.ThrowsAsync<ReleaseException>(() =>
            machine.Target.InstallAsync("1.0.0", candidate, 1, new Progress<string>(), CancellationToken.None)
        );

        Assert.That(failure!.What, Is.EqualTo($"The artefact {file} leads out of its folder."));
    }

    [Test]
    public async Task A_link_that_leads_out_of_its_folder_is_not_installed()
    {
        await using var machine = new Machine();
        var root = Path.Combine(machine.GitDirectory, "artefacts");
        Directory.CreateDirectory(root);
        File.CreateSymbolicLink(Path.Combine(root, "app.dll"), "/etc/hostname");
        var candidate = Machine.Candidate("1.0.0") with { Root = root, Files = ["app.dll"] };

        var failure = await Assert.ThrowsAsync<ReleaseException>(() =>
            machine.Target.InstallAsync("1.0.0", candidate, 1, new Progress<string>(), CancellationToken.None)
        );

        Assert.That(failure!.What, Is.EqualTo("The artefact app.dll leads out of its folder."));
    }
}
