using System.Diagnostics;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>
/// The API server of the cluster tests: the one that RELEASE_RECIPES_KUBECONFIG names, else the control plane of tests/Cluster where it was built
/// before. Building it takes minutes, and is never done by the way.
/// </summary>
[SetUpFixture]
public sealed class TestCluster
{
    const string Variable = "RELEASE_RECIPES_KUBECONFIG";
    static readonly Lazy<Task<string?>> Up = new(StartAsync);
    static TemporaryFolder? folder;
    static Process? kubelet;

    static string Script => Path.Combine(Root(), "tests", "Cluster", "control-plane");

    static bool IsBuilt =>
        File.Exists(
            Path.Combine(
                Environment.GetEnvironmentVariable("KUBE_CONTROL_PLANE_CACHE")
                    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "kube-control-plane"),
                "bin",
                "VERSION"
            )
        );

    /// <summary>Whether there is one.</summary>
    public static bool IsUp => Up is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: not null } };

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

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        kubelet?.Kill(entireProcessTree: true);
        kubelet?.Dispose();
        if (folder is not null)
        {
            await ProgramRunner.RunAsync(new ProgramCall(Script, "down", folder.Path));
            folder.Dispose();
        }
    }

    static async Task<string?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            folder = new TemporaryFolder();
            return await CopyAsync(given);
        }

        if (!OperatingSystem.IsLinux() || !IsBuilt || !Needs.IsThere("python3") || !Needs.IsThere("openssl"))
        {
            return null;
        }

        folder = new TemporaryFolder();
        var up = await ProgramRunner.RunAsync(new ProgramCall(Script, "up", folder.Path) { Timeout = TimeSpan.FromMinutes(4) });
        if (!up.Succeeded)
        {
            throw new InvalidOperationException(up.Error);
        }

        kubelet = ProgramRunner.Start(new ProgramCall(Path.Combine(Root(), "tests", "Cluster", "kubelet"), folder.Path));
        _ = kubelet.StandardError.ReadToEndAsync();
        await kubelet.StandardOutput.ReadLineAsync();
        return await CopyAsync(up.Output.Trim());
    }

    /// <summary>A kubeconfig of the tests' own, which they may add to, and never the developer's.</summary>
    static async Task<string> CopyAsync(string kubeconfig)
    {
        var flat = await ProgramRunner.RunAsync(
            new ProgramCall("kubectl", $"--kubeconfig={kubeconfig}", "config", "view", "--raw", "--flatten", "--minify", "--output=json")
        );
        return folder!.Write("tests.kubeconfig", flat.Output);
    }

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ReleaseRecipes.sln")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }
}
