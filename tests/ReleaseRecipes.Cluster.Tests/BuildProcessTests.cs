using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>The whole recipe as a process of its own, as a build runs it.</summary>
[Category("Slow")]
public sealed class BuildProcessTests : ClusterTest
{
    readonly TemporaryRepository repository = new();

    // Long enough ready-less for a build to be caught in the middle of a move.
    protected override string Manifest =>
        App.Replace(
            """{name: app, image: "example.com/shop:1.0.0"}""",
            """{name: app, image: "example.com/shop:1.0.0", readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 2}}""",
            StringComparison.Ordinal
        );

    [TearDown]
    public void Away() => repository.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_release_takes_one_kubectl_process_for_all_its_moves_and_a_bad_one_is_taken_back(bool isOld)
    {
        var old = Path.Combine(ControlPlane.Programs, "kubectl");
        if (isOld && !File.Exists(old))
        {
            Assert.Ignore("needs Debian's kubectl 1.20, which tests/Cluster/control-plane build brings");
        }

        var calls = Folder["calls"];
        Prepare("canary", calls, isOld ? old : Real());

        var released = await ProgramRunner.RunAsync(Call());
        var lines = await File.ReadAllLinesAsync(calls);
        var status = await ProgramRunner.RunAsync(Call("--target=Status"));

        Assert.That(released.ExitCode, Is.Zero, $"{released.Output}\n{released.Error}");
        Assert.That(await TagAsync(), Is.EqualTo("0.1.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(status.Output, Does.Contain("0.1.0"));
        Assert.That(lines.Where(line => line.Contains("proxy", StringComparison.Ordinal)), Has.Exactly(1).Items, string.Join('\n', lines));
        Assert.That(lines.Where(line => !line.Contains("proxy", StringComparison.Ordinal)), Has.All.StartsWith("config get-contexts"));
        // What a reader of the log sees while pods come up.
        Assert.That(released.Output, Does.Contain("app-production-candidate: 0 of 3 ready"));

        Measure(errorRate: 0.5);
        repository.Commit("feat: a basket");
        var bad = await ProgramRunner.RunAsync(Call());

        Assert.That(bad.ExitCode, Is.Not.Zero);
        Assert.That(bad.Output, Does.Contain("taking 0.2.0 back: ").And.Contain("production is back on 0.1.0"));
        Assert.That(await TagAsync(), Is.EqualTo("0.1.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(await GetAsync("deployment/app-production", "{.status.availableReplicas}"), Is.EqualTo("3"));
    }

    [TestCase("canary", "deployment/app-production-candidate", "{.metadata.name}")]
    [TestCase("blue_green", "service/app-production", @"{.metadata.annotations.release-recipes/weights}")]
    [TestCase("canary", "deployment/app-production", @"{.metadata.annotations.release-recipes/replaces}")]
    [TestCase("recreate", "deployment/app-production", @"{.metadata.annotations.release-recipes/version}")]
    public async Task Killed_in_the_middle_of_a_move_and_run_again_it_comes_to_the_same_end(string type, string what, string path)
    {
        Prepare(type, Folder["calls"], Real());
        using (var build = ProgramRunner.Start(Call()))
        {
            _ = build.StandardOutput.ReadToEndAsync();
            _ = build.StandardError.ReadToEndAsync();
            while (!build.HasExited && await LookAsync(what, path) is "")
            {
                await Task.Delay(50);
            }

            build.Kill();
            await build.WaitForExitAsync();
        }

        var again = await ProgramRunner.RunAsync(Call());

        Assert.That(again.ExitCode, Is.Zero, $"{again.Output}\n{again.Error}");
        Assert.That(await TagAsync(), Is.EqualTo("0.1.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
        Assert.That(await GetAsync("deployment/app-production", "{.status.availableReplicas}"), Is.EqualTo("3"));
        Assert.That(await GetAsync("deployment/app-production", @"{.metadata.annotations.release-recipes/replaces}"), Is.Empty);
    }

    void Measure(double errorRate) =>
        Folder.Write("metrics.json", FormattableString.Invariant($$"""{"error_rate": {{errorRate}}, "requests": 1000}"""));

    void Prepare(string type, string calls, string kubectl)
    {
        Measure(errorRate: 0);
        Folder.Write("bin/kubectl", $"#!/bin/sh\necho \"$@\" >>{calls}\nexec {kubectl} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder["bin/kubectl"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        repository.Files.Write(
            "release-strategy.yml",
            $$"""
            release_strategy:
              application: { name: shop, image: example.com/shop }
              quality_gates:
                - { name: smoke, required: true, command: "true" }
              deployment_strategy:
                production:
                  type: {{type}}
                  provider: kubernetes
                  replicas: 3
                  canary_percentage: [50, 100]
                  interval: 100ms
                  measurements: 1
                  start_timeout: 2m
                  rollback_threshold: error_rate > 1%
                  metrics: { provider: command, command: "cat {{Folder["metrics.json"]}}" }
                  kubernetes: { namespace: {{Space}} }
            """
        );
        repository.Commit("feat: the shop");
    }

    ProgramCall Call(string target = "--target=Release")
    {
        var call = Recipe.Call(repository.Root, target, "--no-push");
        var environment = Recipe.Surroundings;
        environment["PATH"] = $"{Folder["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}";
        return call with { Environment = environment };
    }

    async Task<string> LookAsync(string what, string path) =>
        await TestCluster.KubectlAsync(null, "get", what, $"--namespace={Space}", $"--output=jsonpath={path}", "--ignore-not-found");

    static string Real() =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "kubectl"))
            .First(File.Exists);
}
