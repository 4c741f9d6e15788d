using System.Diagnostics;
using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Deployment;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>What needs a second cluster: waves over two of them, and an API server that nobody else asks and that may go down.</summary>
[Category("Slow")]
[Parallelizable(ParallelScope.Self)]
public sealed class SecondClusterTests : ClusterTest
{
    static readonly TimeSpan AsLongAsItIsWaitedFor = TimeSpan.FromSeconds(55);
    static readonly Lazy<Task<ControlPlane?>> Second = new(ControlPlane.StartAsync);

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (Second.IsValueCreated && await Second.Value is { } second)
        {
            await second.DisposeAsync();
        }
    }

    [Test]
    public async Task A_failure_in_the_first_wave_leaves_the_other_clusters_as_they_are()
    {
        await SecondAsync();
        var places = await InBothAsync(atOnce: 1);
        await places.DeployAsync(Candidate("1.1.0"));
        var sets = await InSecondAsync("get", "replicasets", "--output=name");
        // The first cluster has no room for it; the second one has.
        await TestCluster.KubectlAsync(null, "create", "quota", "tight", "--hard=pods=3", $"--namespace={Space}");

        var failed = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(failed, Has.Property("Restored").True.And.Property("Reason").Contains("exceeded quota"), $"{failed}");
        Assert.That(await InSecondAsync("get", "replicasets", "--output=name"), Is.EqualTo(sets), "nothing began there");

        await TestCluster.KubectlAsync(null, "delete", "quota", "tight", $"--namespace={Space}");
        var result = await places.DeployAsync(Candidate("1.2.1"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo("1.2.1"));
        Assert.That(await SecondImageAsync(), Does.StartWith("example.com/shop:1.2.1@"));
    }

    [Test]
    public async Task A_failure_in_one_cluster_of_a_wave_takes_all_of_them_back()
    {
        await SecondAsync();
        var places = await InBothAsync(atOnce: 2);
        await places.DeployAsync(Candidate("1.1.0"));
        await InSecondAsync("create", "quota", "tight", "--hard=pods=3");

        var failed = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(failed, Has.Property("Restored").True.And.Property("Reason").Contains("exceeded quota"), $"{failed}");
        Assert.That(await TagAsync(), Is.EqualTo("1.1.0"));
        Assert.That(await SecondImageAsync(), Does.StartWith("example.com/shop:1.1.0@"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.1.0", 3, 3, 100) }));
    }

    [Test]
    public async Task An_api_server_that_restarts_in_the_middle_of_a_canary_is_waited_for()
    {
        var second = await SecondAsync();
        var places = Places("canary", settings => settings with { Kubernetes = settings.Kubernetes with { Context = Space } });
        await places.DeployAsync(Candidate("1.1.0"));
        var restarts = new List<Task>();
        var away = new Stopwatch();
        places.Metrics = new WatchedMetrics(() =>
        {
            // It is down when the next move begins.
            away.Restart();
            restarts.Add(second.RestartAsync());
            return Task.FromResult("down");
        });

        RolloutResult? result = null;
        while (result is null)
        {
            try
            {
                result = await places.DeployAsync(Candidate("1.2.0"));
            }
            catch (ReleaseException silence) when (away.Elapsed > AsLongAsItIsWaitedFor && silence.What == "The cluster cannot be reached.")
            {
                // A busy machine takes longer to start it. Run again, as the message says.
                await Task.WhenAll(restarts);
            }
        }

        await Task.WhenAll(restarts);

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        // Two measurements, and one more where the command had to be run again.
        Assert.That(restarts, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(
            places.Events.Where(fact => fact.Kind == EventKinds.Judged).Select(fact => $"{fact.Data["verdict"]}"),
            Has.All.EqualTo("passed")
        );
        Assert.That(places.Events.Where(fact => fact.Kind == EventKinds.RolledBack), Is.Empty);
        Assert.That(await SecondImageAsync(), Does.StartWith("example.com/shop:1.2.0@"));
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.2.0", 3, 3, 100) }));
    }

    /// <summary>The second cluster, with the application in a namespace of the same name, as a context that is called like it.</summary>
    async Task<ControlPlane> SecondAsync()
    {
        if (await Second.Value is not { } second)
        {
            Assert.Ignore("needs a second cluster: build one once with tests/Cluster/control-plane build");
            throw new InvalidOperationException();
        }

        var flat = await ProgramRunner.RunAsync(
            new ProgramCall("kubectl", $"--kubeconfig={second.Kubeconfig}", "config", "view", "--raw", "--output=json")
        );
        var config = JsonNode.Parse(flat.Output)!;
        TestCluster.AddContext(
            Space,
            (user, cluster) =>
            {
                Copy(config["users"]![0]!["user"]!, user);
                Copy(config["clusters"]![0]!["cluster"]!, cluster);
            }
        );
        await InSecondAsync("create", "namespace", Space);
        await TestCluster.KubectlAsync(App, $"--context={Space}", $"--namespace={Space}", "apply", "--filename=-");
        return second;
    }

    async Task<Places> InBothAsync(int atOnce)
    {
        var first = await TestCluster.KubectlAsync(null, "config", "current-context");
        return Places(
            "blue_green",
            settings => settings with { Kubernetes = settings.Kubernetes with { Clusters = [first, Space], MaxParallel = atOnce } }
        );
    }

    Task<string> SecondImageAsync() =>
        InSecondAsync("get", "deployment/app-production", "--output=jsonpath={.spec.template.spec.containers[0].image}");

    Task<string> InSecondAsync(params string[] arguments) =>
        TestCluster.KubectlAsync(null, [$"--context={Space}", $"--namespace={Space}", .. arguments]);

    static void Copy(JsonNode from, JsonObject to)
    {
        to.Clear();
        foreach (var (name, value) in from.AsObject())
        {
            to[name] = value?.DeepClone();
        }
    }
}
