using System.Net;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Deployment;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>
/// The recipe "service" on Kubernetes, by its own manifest and strategy. Of these only the names that a reader changes too are changed: the namespaces, the
/// address of Prometheus, how long is watched, and production's router, of which none runs here: what is written for it is for <see cref="RoutesTests"/>.
/// </summary>
[Category("Slow")]
public sealed class ServiceRecipeTests : ClusterTest
{
    static readonly string Source = Path.Combine(Repository.Root, "recipes", "service");
    readonly TemporaryRepository repository = new();
    readonly LoopbackServer prometheus = new(Answer);

    string Staging => $"{Space}s";

    [TearDown]
    public async Task AwayAsync()
    {
        prometheus.Dispose();
        repository.Dispose();
        if (TestCluster.IsUp)
        {
            await TestCluster.KubectlAsync(null, "delete", "namespace", Staging, "--wait=false", "--ignore-not-found");
        }
    }

    [Test]
    public async Task Its_first_release_comes_to_production_through_staging()
    {
        await TestCluster.KubectlAsync(null, "create", "namespace", Staging);
        var manifest = File.ReadAllText(Path.Combine(Source, "kubernetes.yml")).Split("---\n# How production's")[0];
        foreach (var (context, space) in new[] { ("staging", Staging), ("production", Space) })
        {
            TestCluster.AddContext(context, (_, _) => { });
            await TestCluster.KubectlAsync(manifest, $"--context={context}", $"--namespace={space}", "apply", "--filename=-");
        }

        TakeRecipe();
        // Docker's rule about tags, and what it was asked.
        Folder.Write(
            "bin/docker",
            $"#!/bin/sh\ncase \"$*\" in *+*) exit 1;; esac\ncat Dockerfile >/dev/null && echo \"$@\" >>{Folder["docker"]}\n"
        );
        await ProgramRunner.RunAsync(new ProgramCall("chmod", "+x", Folder["bin/docker"]));

        var released = await ProgramRunner.RunAsync(Call("--target=Release", "--approve=production", "--no-push"));

        Assert.That(released.ExitCode, Is.Zero, $"{released.Output}\n{released.Error}");
        Assert.That(await TagAsync("greeter"), Is.EqualTo("0.1.0"));
        Assert.That(
            await TestCluster.KubectlAsync(null, "get", "deployment/greeter", $"--namespace={Staging}", "--output=jsonpath={..image}"),
            Does.StartWith("registry.example.com/greeter:0.1.0")
        );
        Assert.That(
            File.ReadAllLines(Folder["docker"]),
            Is.EqualTo(["build --tag registry.example.com/greeter:0.1.0 .", "push registry.example.com/greeter:0.1.0"])
        );
        Assert.That(released.Output, Does.Contain("error_rate 0% > 1% OR response_time 100ms > 2s: no"));
        Assert.That(await LeftAsync(), Is.Empty);
    }

    void TakeRecipe()
    {
        foreach (var file in new[] { "Dockerfile", ".gitignore", "src/Greeter/Greeter.csproj", "src/Greeter/Program.cs" })
        {
            repository.Files.Write(file, File.ReadAllText(Path.Combine(Source, file)));
        }

        var strategy = File.ReadAllText(Path.Combine(Source, "release-strategy.kubernetes.yml"))
            .Replace("context: staging, namespace: greeter", $"context: staging, namespace: {Staging}", StringComparison.Ordinal)
            .Replace("context: production, namespace: greeter", $"context: production, namespace: {Space}", StringComparison.Ordinal)
            .Replace(", traffic: gateway_api, route: greeter", "", StringComparison.Ordinal)
            .Replace("http://prometheus.monitoring:9090", $"{prometheus.Url}".TrimEnd('/'), StringComparison.Ordinal)
            .Replace("interval: 1m", "interval: 100ms", StringComparison.Ordinal)
            .Replace("interval: 5m", "interval: 100ms", StringComparison.Ordinal);
        repository.Files.Write("release-strategy.kubernetes.yml", strategy);
        repository.Commit("feat: the first version");
    }

    ProgramCall Call(params string[] arguments)
    {
        var call = Recipe.Call(repository.Root, [.. arguments, "--strategy=release-strategy.kubernetes.yml"]);
        var environment = Recipe.Surroundings;
        environment["PATH"] = $"{Folder["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}";
        return call with { Environment = environment };
    }

    static (int Status, string Body) Answer(HttpListenerRequest request)
    {
        var query = WebUtility.UrlDecode(request.RawUrl!);
        var value =
            query.Contains("http_errors_total", StringComparison.Ordinal) ? "0"
            : query.Contains("histogram_quantile", StringComparison.Ordinal) ? "0.1"
            : "100";
        return (200, $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"{{{value}}}"]}]}}""");
    }
}
