using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Whole releases of a real service, by the real program, on the local target.</summary>
[Category("Slow")]
public sealed class ReleaseTests
{
    [Test]
    public async Task A_release_ends_in_production_and_the_next_run_has_nothing_to_do()
    {
        await using var service = new ReleasedService();

        var first = await service.ReleaseAsync();
        var again = await service.ReleaseAsync();

        Assert.That(first.ExitCode, Is.Zero, first.Output + first.Error);
        Assert.That(again.Output, Does.Contain("Nothing to release"));
        Assert.That(service.Repository.Git("ls-remote", "--refs", "--tags", "origin"), Does.EndWith("refs/tags/v0.1.0"));
        var production = await service.EnvironmentAsync("production");
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(production["url"]!.GetValue<string>()), Is.EqualTo("0.1.0"));
    }

    [Test]
    public async Task Without_an_approval_the_release_waits_and_goes_on_from_there()
    {
        await using var service = new ReleasedService();

        var paused = await service.RunAsync("--target=Release");
        var approved = await service.RunAsync("--target=Approve", "--environment=production");
        var resumed = await service.RunAsync("--target=Release");

        Assert.That(paused.ExitCode, Is.EqualTo(ExitCodes.Paused), paused.Output);
        Assert.That(paused.Output, Does.Contain("--approve=production"));
        Assert.That(approved.ExitCode, Is.Zero, approved.Output + approved.Error);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.Output + resumed.Error);
        Assert.That(resumed.Output, Does.Contain("passed before on this commit"));
    }

    [Test]
    public async Task A_version_that_fails_one_request_in_ten_is_taken_back_at_its_first_weight()
    {
        await using var service = new ReleasedService();
        await service.ReleaseAsync();
        service.Behave("fail-every=10");
        service.Repository.Commit("feat: something new");
        var url = (await service.EnvironmentAsync("production"))["url"]!.GetValue<string>();
        using var users = new Users(url);

        var bad = await service.ReleaseAsync();

        Assert.That(bad.ExitCode, Is.EqualTo(ExitCodes.RolledBack), bad.Output + bad.Error);
        Assert.That(bad.Output, Does.Contain("send 10%").And.Not.Contain("send 50%"));
        var production = await service.EnvironmentAsync("production");
        Assert.That(production["version"]!.GetValue<string>(), Is.EqualTo("0.1.0"));
        Assert.That(production["weights"]!["0.1.0"]!.GetValue<int>(), Is.EqualTo(100));
        Assert.That(
            (await service.ReleaseAsync()).ExitCode,
            Is.EqualTo(ExitCodes.RolledBack),
            "The same version is not tried again by itself."
        );
    }

    [Test]
    public async Task A_verified_version_comes_back_by_a_rollback()
    {
        await using var service = new ReleasedService();
        await service.ReleaseAsync();
        service.Repository.Commit("feat: something new");
        await service.ReleaseAsync();

        var back = await service.RunAsync("--target=Rollback", "--environment=production", "--reason=a complaint");

        Assert.That(back.ExitCode, Is.Zero, back.Output + back.Error);
        Assert.That((await service.EnvironmentAsync("production"))["version"]!.GetValue<string>(), Is.EqualTo("0.1.0"));
    }

    [Test]
    public async Task An_aborted_release_leaves_every_environment_where_it_was()
    {
        await using var service = new ReleasedService();
        await service.ReleaseAsync();
        service.Repository.Commit("feat: something new");
        await service.RunAsync("--target=Release");

        var aborted = await service.RunAsync("--target=Abort");

        Assert.That(aborted.ExitCode, Is.Zero, aborted.Output + aborted.Error);
        Assert.That((await service.EnvironmentAsync("production"))["version"]!.GetValue<string>(), Is.EqualTo("0.1.0"));
        Assert.That((await service.AskAsync("Status"))["release"]!["state"]!.GetValue<string>(), Is.EqualTo("aborted"));
    }

    [Test]
    public async Task Another_machine_goes_on_where_the_first_one_stopped()
    {
        await using var service = new ReleasedService();
        var paused = await service.RunAsync("--target=Release", "--push");
        using var other = new TemporaryFolder();
        service.Repository.Git("clone", "-q", service.Remote, other.Path);

        var resumed = await Recipe.RunAsync(other.Path, "--target=Release", "--approve=production", "--push");
        var status = await Recipe.RunAsync(other.Path, "--target=Status", "--json=-");
        await Recipe.RunAsync(other.Path, "--target=Down");

        Assert.That(paused.ExitCode, Is.EqualTo(ExitCodes.Paused), paused.Output + paused.Error);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.Output + resumed.Error);
        Assert.That(resumed.Output, Does.Contain("passed before on this commit"));
        Assert.That(JsonNode.Parse(status.Output)!["release"]!["state"]!.GetValue<string>(), Is.EqualTo("released"));
        Assert.That(service.Repository.Git("ls-remote", "--refs", "--tags", "origin").Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_secret_of_the_environment_is_shown_nowhere()
    {
        await using var service = new ReleasedService();
        service.Repository.Files.Write("gate.sh", "echo the token is $DEPLOY_TOKEN; exit 1");
        var strategy = File.ReadAllText(service.Repository.Files["release-strategy.yml"]);
        service.Repository.Files.Write(
            "release-strategy.yml",
            strategy.Replace("test -f app/behaviour", "sh gate.sh", StringComparison.Ordinal)
        );
        service.Repository.Commit("feat: tells $DEPLOY_TOKEN");
        var call = Recipe.Call(service.Repository.Root, "--target=Release");
        call = call with { Environment = new Dictionary<string, string?>(call.Environment) { ["DEPLOY_TOKEN"] = "s3cr3t-and-long" } };

        var result = await ProgramRunner.RunAsync(call);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(result.Output + result.Error, Does.Contain("the token is ***").And.Not.Contain("s3cr3t"));
        Assert.That(service.Repository.Git("log", "-p", "--all"), Does.Not.Contain("s3cr3t"));
        var logs = Directory.EnumerateFiles(service.Repository.Files[".git/release-recipes"], "*.log", SearchOption.AllDirectories);
        Assert.That(logs.Select(File.ReadAllText), Has.None.Contains("s3cr3t"));
    }
}
