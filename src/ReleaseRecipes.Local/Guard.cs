using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Processes;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local;

/// <summary>The gateway's side of the watch: brings the watchdog back, keeps the logs bounded, and ends everything when the clone is gone.</summary>
sealed class Guard(EnvironmentFolder folder, ListeningHandle handle, Supervisor supervisor)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        for (var round = 0; ; round++)
        {
            if (!Directory.Exists(folder.Path))
            {
                // The clone was deleted, and everything in it is to go with it.
                await supervisor.EndAllAsync(TimeSpan.FromSeconds(5));
                return;
            }

            if (!WatchdogIsAlive() && !File.Exists(folder.Down))
            {
                using var watchdog = Programs.Watchdog(folder, handle);
                // It has noted itself by then, or was not the only one.
                await Task.Delay(1000, cancel);
            }

            if (round % 6 == 0)
            {
                supervisor.BoundLogs();
            }

            await Task.Delay(400, cancel);
        }
    }

    bool WatchdogIsAlive() =>
        WholeFile.Read(folder.Watchdog) is { } text
        && JsonSerializer.Deserialize(text, LocalJson.Default.ProcessIdentity) is { IsAlive: true };
}
