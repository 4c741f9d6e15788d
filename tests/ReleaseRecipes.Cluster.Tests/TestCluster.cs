using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>
/// The API server of the cluster tests: the one that RELEASE_RECIPES_KUBECONFIG names, else the control plane of tests/Cluster where it is built.
/// Building it takes minutes: the Test target begins with it, and only under that target is it waited for.
/// </summary>
[SetUpFixture]
public sealed class TestCluster
{
    const string Variable = "RELEASE_RECIPES_KUBECONFIG";
    static readonly Lazy<Task<string?>> Up = new(StartAsync);
    static readonly Lock Configuring = new();
    static ControlPlane? own;
    static TemporaryFolder? folder;

    /// <summary>Whether there is one.</summary>
    public static bool IsUp => Up is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: not null } };

    /// <summary>The one that the tests started themselves; null where they were given one.</summary>
    public static ControlPlane? Own => own;

    /// <summary>Skips the test where there is no cluster.</summary>
    public static async Task NeedAsync()
    {
        Needs.Program("kubectl");
        if (await Up.Value is not { } kubeconfig)
        {
            Assert.Ignore($"needs a Kubernetes API server: set {Variable}, or build one once with tests/Cluster/control-plane build");
            return;
        }

        Environment.SetEnvironmentVariable("KUBECONFIG", kubeconfig);
    }

    /// <summary>Runs kubectl, with a manifest on its input if there is one.</summary>
    public static async Task<string> KubectlAsync(string? input, params string[] arguments)
    {
        // Never what the developer's own configuration points at.
        Assert.That(IsUp, Is.True);
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("kubectl", arguments) { Input = input, Timeout = TimeSpan.FromMinutes(1) }
        );
        return result.Succeeded
            ? result.Output.Trim()
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.Error}");
    }

    /// <summary>Adds a context whose user and cluster are those of the tests but for what is changed of them.</summary>
    public static void AddContext(string name, Action<JsonObject, JsonObject> change)
    {
        lock (Configuring)
        {
            var path = Up.Value.Result!;
            var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            var user = config["users"]![0]!.DeepClone().AsObject();
            var cluster = config["clusters"]![0]!.DeepClone().AsObject();
            user["name"] = name;
            cluster["name"] = name;
            change(user["user"]!.AsObject(), cluster["cluster"]!.AsObject());
            config["users"]!.AsArray().Add((JsonNode)user);
            config["clusters"]!.AsArray().Add((JsonNode)cluster);
            config["contexts"]!
                .AsArray()
                .Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = name,
                            ["context"] = new JsonObject { ["cluster"] = name, ["user"] = name },
                        }
                );
            // Others read it at this moment.
            File.WriteAllText(path + ".new", config.ToJsonString());
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (own is not null)
        {
            await own.DisposeAsync();
        }

        folder?.Dispose();
    }

    static async Task<string?> StartAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(kubeconfig))
        {
            own = await ControlPlane.StartAsync();
            kubeconfig = own?.Kubeconfig;
        }

        if (kubeconfig is null)
        {
            return null;
        }

        // A kubeconfig of the tests' own, which they may add to, and never the developer's.
        folder = new TemporaryFolder();
        var flat = await ProgramRunner.RunAsync(
            new ProgramCall("kubectl", $"--kubeconfig={kubeconfig}", "config", "view", "--raw", "--flatten", "--minify", "--output=json")
        );
        return folder.Write("tests.kubeconfig", flat.Output);
    }
}
