using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>
/// Commands the gateway of one environment, and starts it where it does not run. Every command names an absolute state, so one whose
/// answer was lost with the gateway is given again to the gateway that comes back.
/// </summary>
sealed class GatewayClient(EnvironmentFolder folder, long fence)
{
    const int Attempts = 5;
    readonly GatewayStart start = new(folder);
    readonly GatewayConnection gateway = new(folder, fence);

    /// <summary>What runs; null where no gateway does.</summary>
    /// <param name="revive">False: only looks, as a plan does.</param>
    public async Task<GatewayStatus?> StatusAsync(bool revive, CancellationToken cancel) =>
        await ReviveAsync(revive, cancel)
            ? await LastingAsync(() => gateway.AskAsync("/state", LocalJson.Default.GatewayStatus, cancel), revive, cancel)
            : null;

    public Task<List<VersionMeasured>> MeasureAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        LastingAsync(
            () =>
                gateway.AskAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"/measure?from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}"
                    ),
                    LocalJson.Default.ListVersionMeasured,
                    cancel
                ),
            revive: true,
            cancel
        );

    /// <summary>Sees to it that the gateway runs, from this build's program, on the port asked for.</summary>
    public Task StartAsync(int? port, CancellationToken cancel) =>
        start.EnsureAsync(port, () => gateway.AnswersAsync(cancel), () => gateway.TellAsync("/handover", cancel), cancel);

    /// <summary>Waits for a gateway that is just coming back, and brings it back where its watchdog is gone too. False: none is to run.</summary>
    /// <param name="revive">False: only looks, as a plan does.</param>
    public async Task<bool> ReviveAsync(bool revive, CancellationToken cancel) =>
        await gateway.AnswersAsync(cancel)
        || (
            start.WasStarted
            && (
                revive
                    ? await start.ReviveAsync(() => gateway.AnswersAsync(cancel), cancel)
                    : await start.ComesBackAsync(() => gateway.AnswersAsync(cancel), cancel)
            )
        );

    /// <exception cref="ReleaseException">The version did not become healthy.</exception>
    public Task InstallAsync(InstallCommand command, IProgress<string> progress, CancellationToken cancel) =>
        LastingAsync(() => gateway.InstallAsync(command, progress, cancel), cancel);

    public Task ShiftAsync(ShiftCommand command, CancellationToken cancel) =>
        LastingAsync(() => gateway.TellAsync("/shift", command, LocalJson.Default.ShiftCommand, cancel), cancel);

    public Task RetireAsync(RetireCommand command, CancellationToken cancel) =>
        LastingAsync(() => gateway.TellAsync("/retire", command, LocalJson.Default.RetireCommand, cancel), cancel);

    /// <summary>Stops everything that runs in the environment.</summary>
    public async Task DownAsync(CancellationToken cancel)
    {
        await LastingAsync(() => gateway.TellAsync("/down", cancel), cancel);
        await start.EndAsync(cancel);
    }

    Task LastingAsync(Func<Task> command, CancellationToken cancel) =>
        LastingAsync(
            async () =>
            {
                await command();
                return true;
            },
            revive: true,
            cancel
        );

    async Task<T> LastingAsync<T>(Func<Task<T>> command, bool revive, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await command();
            }
            catch (Exception problem) when (GatewayConnection.IsLost(problem))
            {
                if (attempt == Attempts || !await ReviveAsync(revive, cancel))
                {
                    throw Lost(problem);
                }
            }
        }
    }

    ReleaseException Lost(Exception problem) =>
        new(
            "The gateway of this environment does not answer.",
            $"{folder.Path}: {problem.Message}",
            $"Run the same command again; what the gateway wrote is in {folder.GatewayLog}",
            inner: problem
        );
}
