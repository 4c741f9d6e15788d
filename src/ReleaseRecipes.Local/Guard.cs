using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Processes;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local;

/// <summary>The gateway's side of the watch: brings the watchdog back, and keeps the logs bounded.</summary>
sealed class Guard(EnvironmentFolder folder, ListeningHandle handle, Supervisor supervisor)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        for (var round = 0; ; round++)
        {
            if (!WatchdogIsAlive() && !File.Exists(folder.Down))
            {
                using var watchdog = Programs.Watchdog(folder, handle);
                // It has noted itself by then, or was not the only one.
                await Task.Delay(1000, cancel);
            }

            if (round % 10 == 0)
            {
                supervisor.BoundLogs();
            }

            await Task.Delay(250, cancel);
        }
    }

    bool WatchdogIsAlive() =>
        WholeFile.Read(folder.Watchdog) is { } text
        && JsonSerializer.Deserialize(text, LocalJson.Default.ProcessIdentity) is { IsAlive: true };
}
