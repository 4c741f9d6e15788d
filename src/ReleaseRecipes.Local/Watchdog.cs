using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Processes;

namespace ReleaseRecipes.Local;

/// <summary>Holds the environment's port and starts its gateway whenever there is none.</summary>
static class Watchdog
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs until the environment is brought down.</summary>
    /// <param name="folder">The environment.</param>
    /// <param name="port">The port to take; null: the one it had before, or a free one.</param>
    /// <param name="handle">The port's socket, where a gateway handed it on.</param>
    /// <exception cref="ReleaseException">Another program has the port.</exception>
    public static async Task<int> RunAsync(EnvironmentFolder folder, int? port, ListeningHandle? handle)
    {
        using var only = await OnlyOne.TakeAsync(folder.WatchdogLock, TimeSpan.FromSeconds(1));
        if (only is null)
        {
            return 0;
        }

        handle ??= ListeningHandle.Take(port ?? Kept(folder));
        WholeFile.Write(PortFile(folder), handle.Port.ToString(CultureInfo.InvariantCulture));
        WholeFile.Write(folder.Watchdog, JsonSerializer.Serialize(ProcessIdentity.Current, LocalJson.Default.ProcessIdentity));
        Detachment.Leave(handle);
        for (var quick = 0; Directory.Exists(folder.Path) && !File.Exists(folder.Down); )
        {
            var began = Stopwatch.GetTimestamp();
            await EndOfGatewayAsync(folder, handle);
            quick = Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(5) ? 0 : Math.Min(quick + 1, 8);
            // The first death is answered at once; a gateway that cannot stay up is not started a hundred times a second.
            await Task.Delay(quick <= 1 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(20 << quick));
        }

        return 0;
    }

    static async Task EndOfGatewayAsync(EnvironmentFolder folder, ListeningHandle handle)
    {
        if (Running(folder) is { } running)
        {
            while (running.IsAlive)
            {
                await Task.Delay(Look);
            }

            return;
        }

        using var gateway = Programs.Gateway(folder, handle);
        await gateway.WaitForExitAsync();
    }

    static ProcessIdentity? Running(EnvironmentFolder folder) =>
        WholeFile.Read(folder.Gateway) is { } text
        && JsonSerializer.Deserialize(text, LocalJson.Default.GatewayPlace)?.Process is { IsAlive: true } running
            ? running
            : null;

    static int Kept(EnvironmentFolder folder) =>
        int.TryParse(WholeFile.Read(PortFile(folder)), CultureInfo.InvariantCulture, out var kept) ? kept : 0;

    static string PortFile(EnvironmentFolder folder) => Path.Combine(folder.Path, "port");
}
