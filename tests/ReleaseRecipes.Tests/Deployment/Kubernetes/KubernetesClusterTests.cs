using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment.Kubernetes;

/// <summary>The Kubernetes target against a real API server, through the real kubectl.</summary>
public sealed class KubernetesClusterTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string space = $"t{Guid.NewGuid():N}"[..16];

    [SetUp]
    public async Task AppAsync()
    {
        await Cluster.NeedAsync();
        await Cluster.KubectlAsync(null, "create", "namespace", space);
        await Cluster.KubectlAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app-production}
            spec:
              replicas: 3
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: app, image: "example.com/shop:1.0.0"}, {name: sidecar, image: "example.com/sidecar:7"}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: app-production}
            spec: {selector: {app: shop}, ports: [{port: 80}]}
            """,
            "apply",
            $"--namespace={space}",
            "--filename=-"
        );
    }

    public void Dispose() => folder.Dispose();

    [TearDown]
    public async Task CleanAsync()
    {
        if (Cluster.IsUp)
        {
            await Cluster.KubectlAsync(null, "delete", "namespace", space, "--wait=false", "--ignore-not-found");
        }
    }

    [TestCase("blue_green")]
    [TestCase("canary")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public async Task A_deployment_that_exists_is_adopted_and_each_strategy_ends_on_the_new_image(string type)
    {
        var places = Places(type);

        await places.DeployAsync(SimulatedWorld.Candidate("1.1.0"));
        var result = await places.DeployAsync(SimulatedWorld.Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await ImageAsync(), Is.EqualTo("example.com/shop:1.2.0"));
        Assert.That(await GetAsync("deployments", "{.items[*].metadata.name}"), Is.EqualTo("app-production"));
        Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
        Assert.That(
            (await places.Target.ReadAsync(CancellationToken.None)).Versions,
            Is.EqualTo(new[] { new RunningVersion("1.2.0", 3, 3, 100) })
        );
    }

    [TestCase("missing", "ImagePullBackOff")]
    [TestCase("crash", "CrashLoopBackOff")]
    public async Task An_image_that_does_not_start_never_gets_traffic_and_says_why(string image, string reason)
    {
        var places = Places("canary");
        await places.DeployAsync(SimulatedWorld.Candidate("1.1.0"));
        places.Application = new ApplicationSettings { Image = $"example.com/{image}" };

        var result = await places.DeployAsync(SimulatedWorld.Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.RolledBack>().With.Property("Reason").Contains(reason).And.Property("Restored").True);
        Assert.That(await ImageAsync(), Is.EqualTo("example.com/shop:1.1.0"));
        Assert.That(await GetAsync("deployments", "{.items[*].metadata.name}"), Is.EqualTo("app-production"));
    }

    [TestCase("blue_green")]
    [TestCase("canary")]
    [TestCase("recreate")]
    public async Task A_bad_version_is_taken_back_to_the_recorded_image(string type)
    {
        var places = Places(type);
        await places.DeployAsync(SimulatedWorld.Candidate("1.1.0"));
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var result = await places.DeployAsync(SimulatedWorld.Candidate("1.2.0"));

        Assert.That(result, Has.Property("Restored").True, $"{result}");
        Assert.That(await ImageAsync(), Is.EqualTo("example.com/shop:1.1.0"));
        Assert.That(
            (await places.Target.ReadAsync(CancellationToken.None)).Weights,
            Is.EqualTo(new Dictionary<string, int> { ["1.1.0"] = 100 })
        );
    }

    [Test]
    public async Task A_rollback_by_hand_brings_the_version_before_up_and_then_moves_the_traffic()
    {
        var places = Places("blue_green");
        await places.DeployAsync(SimulatedWorld.Candidate("1.1.0"));
        await places.DeployAsync(SimulatedWorld.Candidate("1.2.0"));

        var back = await places.RollbackAsync();

        Assert.That(back, Has.Property("Restored").True);
        Assert.That(await ImageAsync(), Is.EqualTo("example.com/shop:1.1.0"));
        Assert.That(places.Verified, Is.EqualTo("1.1.0"));
    }

    [Test]
    public async Task The_sidecar_and_what_others_made_stay_as_they_are()
    {
        await Cluster.KubectlAsync(null, "create", "deployment", "bystander", "--image=example.com/other:1", $"--namespace={space}");

        await Places("canary").DeployAsync(SimulatedWorld.Candidate("1.1.0"));

        Assert.That(
            await GetAsync("deployment/app-production", "{.spec.template.spec.containers[1].image}"),
            Is.EqualTo("example.com/sidecar:7")
        );
        Assert.That(await GetAsync("deployment/bystander", "{.spec.template.spec.containers[0].image}"), Is.EqualTo("example.com/other:1"));
    }

    [Test]
    public async Task Without_rights_it_says_which_role_is_needed()
    {
        var config = folder.Write("poor.yaml", await Cluster.KubectlAsync(null, "config", "view", "--raw", "--flatten", "--output=json"));
        var json = JsonNode.Parse(await File.ReadAllTextAsync(config))!;
        json["users"]![0]!["user"]!["as"] = "nobody";
        await File.WriteAllTextAsync(config, json.ToJsonString());

        var result = await ProgramRunner.RunAsync(
            new ProgramCall("kubectl", $"--kubeconfig={config}", $"--namespace={space}", "get", "deployments")
        );
        var problem = KubectlProblem.Of(result, ["get"], null, space);

        Assert.That(problem.Message, Does.Contain("does not let this user").And.Contain("Doctor"));
    }

    [Test]
    public async Task The_weights_of_an_ingress_are_written_beside_it()
    {
        await Cluster.KubectlAsync(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: app-production}
            spec: {rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: app-production, port: {number: 80}}}}]}}]}
            """,
            "apply",
            $"--namespace={space}",
            "--filename=-"
        );
        var route = new NginxRoute(new Kubectl(null, space), "app-production", "app-production", "app-production-candidate");

        await route.WriteAsync(25, new Progress<string>(), CancellationToken.None);

        Assert.That(await route.ReadAsync(CancellationToken.None), Is.EqualTo(25));
        Assert.That(
            await GetAsync("ingress/app-production-candidate", "{.spec.rules[0].http.paths[0].backend.service.name}"),
            Is.EqualTo("app-production-candidate")
        );
    }

    Places Places(string type) =>
        new(new KubernetesTargetKind(), Environment(type), folder) { Application = new ApplicationSettings { Image = "example.com/shop" } };

    EnvironmentSettings Environment(string type) =>
        new("production")
        {
            Type = type,
            Provider = "kubernetes",
            Replicas = 3,
            CanaryPercentage = [25, 100],
            Interval = TimeSpan.FromMilliseconds(100),
            Measurements = 1,
            RollbackThreshold = "error_rate > 1%",
            StartTimeout = TimeSpan.FromMinutes(2),
            Kubernetes = new KubernetesSettings { Namespace = space },
        };

    Task<string> ImageAsync() => GetAsync("deployment/app-production", "{.spec.template.spec.containers[0].image}");

    Task<string> GetAsync(string what, string path) =>
        Cluster.KubectlAsync(null, "get", what, $"--namespace={space}", $"--output=jsonpath={path}");
}
