using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Deployment;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>A test in a namespace of its own, with an application that somebody made there long before the first release.</summary>
public abstract class ClusterTest : IDisposable
{
    protected const string App = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app-production}
        spec:
          replicas: 3
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop, team: blue}}
            spec:
              terminationGracePeriodSeconds: 0
              initContainers: [{name: migrate, image: "example.com/shop:1.0.0"}, {name: wait, image: "example.com/wait:3"}]
              containers: [{name: app, image: "example.com/shop:1.0.0"}, {name: sidecar, image: "example.com/sidecar:7"}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: app-production}
        spec: {selector: {app: shop}, ports: [{port: 80}]}
        """;

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>The namespace.</summary>
    protected string Space { get; } = $"t{Guid.NewGuid():N}"[..16];

    /// <summary>What stands there before.</summary>
    protected virtual string Manifest => App;

    [SetUp]
    public async Task AppAsync()
    {
        await TestCluster.NeedAsync();
        await TestCluster.KubectlAsync(null, "create", "namespace", Space);
        await ApplyAsync(Manifest);
    }

    [TearDown]
    public async Task CleanAsync()
    {
        if (TestCluster.IsUp)
        {
            await TestCluster.KubectlAsync(null, "delete", "namespace", Space, "--wait=false", "--ignore-not-found");
        }
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Candidate Candidate(string version) => new(version, "v" + version, "c" + version, "d" + version);

    protected Places Places(string type, Func<EnvironmentSettings, EnvironmentSettings>? with = null) =>
        new(new KubernetesTargetKind(), (with ?? (settings => settings))(Environment(type)), Folder)
        {
            Application = new ApplicationSettings { Name = "shop", Image = "example.com/shop" },
        };

    protected EnvironmentSettings Environment(string type) =>
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
            Kubernetes = new KubernetesSettings { Namespace = Space },
        };

    protected Task<string> ApplyAsync(string manifest) =>
        TestCluster.KubectlAsync(manifest, "apply", $"--namespace={Space}", "--filename=-");

    protected Task<string> GetAsync(string what, string path) =>
        TestCluster.KubectlAsync(null, "get", what, $"--namespace={Space}", $"--output=jsonpath={path}");

    /// <summary>The tag of the image that the main Deployment runs.</summary>
    protected async Task<string> TagAsync(string deployment = "app-production") =>
        (await GetAsync($"deployment/{deployment}", "{.spec.template.spec.containers[0].image}")).Split('@')[0].Split(':')[1];

    /// <summary>Every object of ours that is left beside what was there before.</summary>
    protected Task<string> LeftAsync() =>
        TestCluster.KubectlAsync(
            null,
            "get",
            "deployments,services,ingresses,leases",
            $"--namespace={Space}",
            "--selector=app.kubernetes.io/managed-by=release-recipes",
            "--output=name"
        );

    /// <summary>Makes a user with that Role, and a context for it.</summary>
    protected async Task AllowAsync(string role)
    {
        await ApplyAsync(role);
        await TestCluster.KubectlAsync(
            null,
            "create",
            "rolebinding",
            "releaser",
            "--role=release-recipes",
            $"--serviceaccount={Space}:releaser",
            $"--namespace={Space}"
        );
        TestCluster.AddContext(Space, (user, _) => user["as"] = $"system:serviceaccount:{Space}:releaser");
    }

    /// <summary>As a person would copy it from what Doctor prints.</summary>
    protected async Task<string> RoleAsync(KubernetesSettings settings) =>
        string.Join(
            '\n',
            (await AdviceAsync(settings with { Context = null })).SkipWhile(line =>
                !line.StartsWith("apiVersion", StringComparison.Ordinal)
            )
        );

    protected async Task<IReadOnlyList<string>> AdviceAsync(KubernetesSettings settings)
    {
        var environment = Environment("canary") with { Kubernetes = settings };
        var place = new TargetPlace(environment, new ApplicationSettings(), Folder.Path, Folder.Path, 0);
        return await new KubernetesTargetKind().AdviseAsync(place, CancellationToken.None);
    }

    protected static async Task<TargetState> StateAsync(Places places) => await places.Target.ReadAsync(CancellationToken.None);
}
