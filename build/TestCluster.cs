using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;

/// <summary>
/// The Kubernetes control plane of the cluster tests, built once from Debian's packages. It takes minutes: it is begun before everything else, and the
/// tests that need it, which come last, wait for what is left of it.
/// </summary>
sealed class TestCluster : IDisposable
{
    /// <summary>Tells those tests that it is being built for them.</summary>
    public const string Variable = "RELEASE_RECIPES_BUILD_CLUSTER";
    const string Given = "RELEASE_RECIPES_KUBECONFIG";
    const string Script = "tests/Cluster/control-plane";
    readonly Process? building;

    TestCluster(Process? building) => this.building = building;

    /// <summary>Whether it can be built here: by root on Debian, where no cluster is given.</summary>
    public static bool IsPossible =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Given))
        && OperatingSystem.IsLinux()
        && Environment.UserName == "root"
        && File.Exists("/etc/debian_version");

    /// <summary>Begins to build it, unless it is built, at a lower priority than the tests.</summary>
    public static TestCluster Build(ICakeContext context)
    {
        if (IsPossible)
        {
            return new TestCluster(Process.Start(new ProcessStartInfo("nice", ["-n", "5", Script, "build"])));
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Given)))
        {
            context.Log.Warning(
                "The tests that need a Kubernetes API server will be skipped; for all of them: set {0}, or run {1} build as root on Debian",
                Given,
                Script
            );
        }

        return new TestCluster(null);
    }

    /// <summary>A build that nobody waits for any more ends.</summary>
    public void Dispose()
    {
        if (building is { HasExited: false })
        {
            building.Kill(entireProcessTree: true);
        }

        building?.Dispose();
    }
}
