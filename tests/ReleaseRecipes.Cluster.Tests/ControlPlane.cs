using System.Diagnostics;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>A control plane of the tests' own, with nodes that are played.</summary>
public sealed class ControlPlane : IAsyncDisposable
{
    readonly TemporaryFolder folder;
    readonly Process kubelet;

    ControlPlane(TemporaryFolder folder, Process kubelet, string kubeconfig)
    {
        this.folder = folder;
        this.kubelet = kubelet;
        Kubeconfig = kubeconfig;
    }

    public string Kubeconfig { get; }

    /// <summary>Its certificates.</summary>
    public string Pki => folder["pki"];

    /// <summary>The folder of its programs, with Debian's old kubectl.</summary>
    public static string Programs => Path.Combine(Cache, "bin");

    static string Cache =>
        Environment.GetEnvironmentVariable("KUBE_CONTROL_PLANE_CACHE")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "kube-control-plane");

    /// <summary>Starts one; null where none is built, and none is being built for these tests.</summary>
    public static async Task<ControlPlane?> StartAsync()
    {
        if (!OperatingSystem.IsLinux() || !Needs.IsThere("python3") || !Needs.IsThere("openssl"))
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable("RELEASE_RECIPES_BUILD_CLUSTER") is { Length: > 0 })
        {
            // Returns at once where it is built, and waits where somebody else is building it.
            await ProgramRunner.RunAsync(new ProgramCall(Script("control-plane"), "build") { Timeout = TimeSpan.FromMinutes(20) });
        }

        if (!(await ProgramRunner.RunAsync(new ProgramCall(Script("control-plane"), "built"))).Succeeded)
        {
            return null;
        }

        var folder = new TemporaryFolder();
        var up = await ProgramRunner.RunAsync(
            new ProgramCall(Script("control-plane"), "up", folder.Path) { Timeout = TimeSpan.FromMinutes(4) }
        );
        if (!up.Succeeded)
        {
            throw new InvalidOperationException(up.Error);
        }

        var kubelet = ProgramRunner.Start(new ProgramCall(Script("kubelet"), folder.Path));
        _ = kubelet.StandardError.ReadToEndAsync();
        await kubelet.StandardOutput.ReadLineAsync();
        return new ControlPlane(folder, kubelet, up.Output.Trim());
    }

    /// <summary>Kills the API server and starts it again, on the same data.</summary>
    public async Task RestartAsync()
    {
        var restart = await ProgramRunner.RunAsync(
            new ProgramCall(Script("control-plane"), "restart", folder.Path) { Timeout = TimeSpan.FromMinutes(2) }
        );
        if (!restart.Succeeded)
        {
            throw new InvalidOperationException(restart.Error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        kubelet.Kill(entireProcessTree: true);
        kubelet.Dispose();
        await ProgramRunner.RunAsync(new ProgramCall(Script("control-plane"), "down", folder.Path));
        folder.Dispose();
    }

    static string Script(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ReleaseRecipes.sln")))
        {
            at = at.Parent!;
        }

        return Path.Combine(at.FullName, "tests", "Cluster", name);
    }
}
