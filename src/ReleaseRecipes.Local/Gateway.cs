using System.Globalization;
using System.Text.Json;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Control;
using ReleaseRecipes.Local.Metrics;
using ReleaseRecipes.Local.Processes;
using ReleaseRecipes.Local.Proxy;
using ReleaseRecipes.Local.Routing;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local;

/// <summary>One environment: splits its traffic and keeps its instances running.</summary>
static class Gateway
{
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    /// <summary>Serves until it is brought down or handed over.</summary>
    public static async Task<int> RunAsync(EnvironmentFolder folder, ListeningHandle? handle)
    {
        Detachment.Leave(handle);
        handle ??= ListeningHandle.Take(int.Parse(WholeFile.Read(Path.Combine(folder.Path, "port"))!, CultureInfo.InvariantCulture));
        using var only = await OnlyOne.TakeAsync(folder.GatewayLock, Drain);
        if (only is null || File.Exists(folder.Down))
        {
            return 0;
        }

        var clock = TimeProvider.System;
        var router = new Router();
        var supervisor = new Supervisor(folder, router, clock);
        using var commands = new Commands(folder, supervisor, clock);
        var end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var api = new ControlApi(
            new Door(folder),
            commands,
            () => commands.Status(Path.GetFileName(folder.Path), handle.Port),
            leaveRunning => end.TrySetResult(leaveRunning)
        );
        var leftovers = supervisor.TakeOver();
        var forwarder = new Forwarder(router);
        using var users = new HttpServer(forwarder.ServeAsync).On(handle);
        await users.StartAsync();
        using var control = new HttpServer(api.ServeAsync).OnFreePort();
        await control.StartAsync();
        WholeFile.Write(
            folder.Gateway,
            JsonSerializer.Serialize(
                new GatewayPlace(ProcessIdentity.Current, control.Port, handle.Port, AppContext.BaseDirectory),
                LocalJson.Default.GatewayPlace
            )
        );

        using var running = new CancellationTokenSource();
        var trickle = new Trickle(supervisor, clock).RunAsync(running.Token);
        var guard = new Guard(folder, handle, supervisor).RunAsync(running.Token);
        // A loop that fails must not end unseen: the gateway ends with it, and the watchdog starts a sound one.
        await await Task.WhenAny(end.Task, trickle, guard);
        var leaveRunning = !guard.IsCompleted && await end.Task;
        await running.CancelAsync();
        await (leaveRunning ? supervisor.LeaveRunningAsync() : leftovers);
        only.Dispose();
        if (leaveRunning)
        {
            await HandOverAsync(folder, handle, forwarder);
        }

        await Task.WhenAll(users.StopAsync(leaveRunning ? Drain : TimeSpan.FromSeconds(1)), control.StopAsync(TimeSpan.FromSeconds(1)));
        return 0;
    }

    /// <summary>
    /// Starts the next gateway on the same socket and goes on serving until it does. Users are asked to come back by a new connection
    /// meanwhile: one that is closed while it rests could be closed in the moment in which it is used.
    /// </summary>
    static async Task HandOverAsync(EnvironmentFolder folder, ListeningHandle handle, Forwarder forwarder)
    {
        forwarder.Leaving = true;
        using var next = Programs.Gateway(folder, handle);
        for (var until = Environment.TickCount64 + (long)Drain.TotalMilliseconds; Environment.TickCount64 < until; )
        {
            if (next.HasExited || Serving(folder) == next.Id)
            {
                return;
            }

            await Task.Delay(20);
        }
    }

    static int? Serving(EnvironmentFolder folder) =>
        WholeFile.Read(folder.Gateway) is { } text ? JsonSerializer.Deserialize(text, LocalJson.Default.GatewayPlace)?.Process.Id : null;
}
