using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>What runs on this machine for a repository: for the targets <c>Down</c> and <c>Status</c>.</summary>
public static class LocalEnvironments
{
    /// <summary>Stops the gateway and every instance of one environment, or of all. Their slots stay. What does not run is stopped.</summary>
    /// <returns>The environments that were running.</returns>
    public static async Task<IReadOnlyList<string>> DownAsync(
        string gitDirectory,
        string? environment = null,
        CancellationToken cancel = default
    )
    {
        var stopped = new List<string>();
        foreach (var folder in Folders(gitDirectory, environment).Where(folder => new GatewayStart(folder).WasStarted))
        {
            var client = new GatewayClient(folder, 0);
            await client.ReviveAsync(revive: true, cancel);
            await client.DownAsync(cancel);
            stopped.Add(NameOf(folder));
        }

        return stopped;
    }

    /// <summary>What runs in each environment that was ever started and is not down. Looks, and starts nothing.</summary>
    public static async Task<IReadOnlyList<LocalEnvironment>> ReadAsync(string gitDirectory, CancellationToken cancel = default)
    {
        var found = new List<LocalEnvironment>();
        foreach (var folder in Folders(gitDirectory, null).Where(folder => new GatewayStart(folder).WasStarted))
        {
            var status = await new GatewayClient(folder, 0).StatusAsync(revive: false, cancel);
            found.Add(
                new LocalEnvironment(
                    NameOf(folder),
                    status is null ? null : new Uri($"http://127.0.0.1:{status.Port}/"),
                    folder.GatewayLog,
                    status is null
                        ? []
                        :
                        [
                            .. status.Versions.SelectMany(version =>
                                version.Running.Select(instance => Instance(version.Version, instance))
                            ),
                        ]
                )
            );
        }

        return found;
    }

    static LocalInstance Instance(string version, InstanceStatus instance) =>
        new(
            version,
            instance.Ordinal,
            new Uri($"http://127.0.0.1:{instance.Port}/"),
            instance.Process,
            instance.State,
            instance.Crashes,
            instance.Requests,
            instance.Log,
            instance.Problem
        );

    static IEnumerable<EnvironmentFolder> Folders(string gitDirectory, string? environment) =>
        environment is not null ? [EnvironmentFolder.Of(gitDirectory, environment)]
        : Directory.Exists(EnvironmentFolder.RootOf(gitDirectory))
            ? Directory
                .GetDirectories(EnvironmentFolder.RootOf(gitDirectory))
                .Order(StringComparer.Ordinal)
                .Select(path => new EnvironmentFolder(path))
        : [];

    static string NameOf(EnvironmentFolder folder) => EnvironmentFolder.NameOf(Path.GetFileName(folder.Path));
}

/// <summary>One environment on this machine.</summary>
/// <param name="Url">Where its users reach it; null where its gateway does not answer.</param>
/// <param name="Log">What the gateway wrote.</param>
public sealed record LocalEnvironment(string Name, Uri? Url, string Log, IReadOnlyList<LocalInstance> Instances);

/// <summary>One instance on this machine.</summary>
/// <param name="Ordinal">1 for the first instance of its version.</param>
/// <param name="Url">Where it alone can be reached.</param>
/// <param name="Process">Its process; null while it waits to be started again.</param>
/// <param name="State">starting, healthy, unhealthy, waiting or stopping.</param>
/// <param name="Crashes">How often it ended by itself.</param>
/// <param name="Requests">How many requests it has under way.</param>
/// <param name="Log">Everything it wrote.</param>
/// <param name="Problem">Why it is not healthy, as last seen.</param>
public sealed record LocalInstance(
    string Version,
    int Ordinal,
    Uri Url,
    int? Process,
    string State,
    int Crashes,
    int Requests,
    string Log,
    string? Problem
);
