using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Control;

/// <summary>What the recipe commands the gateway to do, one at a time. Every command names an absolute state.</summary>
sealed class Commands(EnvironmentFolder folder, Supervisor supervisor, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);
    readonly CancellationTokenSource down = new();

    /// <summary>Refuses whoever was overtaken by another owner of the environment; else nobody behind them commands any more.</summary>
    public async Task<T> OwnedAsync<T>(long fence, Func<Task<T>> act, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (fence < supervisor.Desired.Fence)
            {
                throw new ReleaseException(
                    "Another release has taken over this environment.",
                    $"This one holds lease {fence.ToString(CultureInfo.InvariantCulture)}, the environment has seen {supervisor.Desired.Fence.ToString(CultureInfo.InvariantCulture)}.",
                    "See --target=Status for who it is, and run this again when it is through."
                );
            }

            if (fence > supervisor.Desired.Fence)
            {
                supervisor.Command(supervisor.Desired with { Fence = fence });
            }

            return await act();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Brings the version to the number of healthy instances.</summary>
    public async Task<bool> InstallAsync(InstallCommand command, Action<string> progress, CancellationToken cancel)
    {
        if (command.Instances < 1)
        {
            throw new ReleaseException("A version runs as one instance at least.", todo: "Retire it to stop it.");
        }

        var before = supervisor.Desired;
        supervisor.Command(
            before with
            {
                Versions = With(before.Versions, command.Version, new DesiredVersion(command.Spec, command.Instances, command.Release)),
            }
        );
        var run = supervisor.Open(command.Version);
        run.Use(command.Environment, command.Release);
        var surplus = run.Instances.Where(instance => instance.Spec != command.Spec || instance.Ordinal > command.Instances).ToList();
        var kept = run.Instances.Except(surplus).ToList();
        var added = Enumerable
            .Range(1, command.Instances)
            .Except(kept.Select(instance => instance.Ordinal))
            .Select(ordinal => supervisor.New(run, command.Spec, ordinal))
            .ToList();
        foreach (var instance in added)
        {
            run.Add(instance);
            instance.Run(null);
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, down.Token);
            await new Readiness(folder, run, command.Spec).WaitAsync([.. kept, .. added], progress, either.Token);
        }
        catch (ReleaseException)
        {
            await Supervisor.EndAsync(run, added, TimeSpan.Zero);
            supervisor.Command(supervisor.Desired with { Versions = before.Versions });
            if (run.Instances.Count == 0)
            {
                supervisor.Close(command.Version);
            }

            throw;
        }

        await Supervisor.EndAsync(run, surplus, TimeSpan.FromSeconds(30));
        return true;
    }

    /// <summary>Splits the traffic; an empty split serves nothing. Nothing changes unless every version with a share can serve it.</summary>
    public bool Shift(ShiftCommand command)
    {
        if (
            command.Weights.Values.Any(weight => weight is < 0 or > 100)
            || (command.Weights.Count > 0 && command.Weights.Values.Sum() != 100)
        )
        {
            throw new ReleaseException(
                "Traffic weights must be percentages that sum to 100.",
                string.Join(", ", command.Weights.Select(pair => $"{pair.Key}: {pair.Value}%"))
            );
        }

        foreach (var (version, _) in command.Weights.Where(pair => pair.Value > 0))
        {
            if (supervisor.Find(version) is not { Healthy: > 0 })
            {
                throw new ReleaseException($"Version {version} has no healthy instance to send traffic to.", todo: "Nothing was changed.");
            }
        }

        supervisor.Command(Watched(supervisor.Desired with { Weights = command.Weights }, command.Watch) with { WatchRate = command.Rate });
        return true;
    }

    /// <summary>Stops a version. One that does not run is stopped.</summary>
    public async Task<bool> RetireAsync(RetireCommand command)
    {
        if (supervisor.Desired.Weights.GetValueOrDefault(command.Version) > 0)
        {
            throw new ReleaseException($"Version {command.Version} still has traffic.", todo: "Shift the traffic away from it first.");
        }

        if (supervisor.Find(command.Version) is { } run)
        {
            var left = supervisor.Desired.Versions.Where(pair => pair.Key != command.Version).ToDictionary();
            var weights = supervisor.Desired.Weights.Where(pair => pair.Key != command.Version).ToDictionary();
            supervisor.Command(supervisor.Desired with { Versions = left, Weights = weights });
            await Supervisor.EndAsync(run, run.Instances, TimeSpan.FromSeconds(command.Patience));
            supervisor.Close(command.Version);
        }

        return true;
    }

    /// <summary>What each version answered in a window, in milliseconds since 1970.</summary>
    public List<VersionMeasured> Measure(long from, long to) =>
        [
            .. supervisor.Versions.Select(run =>
            {
                var window = run.Log.Between(from, to);
                return new VersionMeasured(
                    run.Version,
                    window.Requests,
                    window.Errors,
                    window.Probes,
                    window.Crashes,
                    window.Seconds,
                    window.Latencies
                );
            }),
        ];

    /// <summary>Stops everything. The environment starts again only when it is told to.</summary>
    public async Task DownAsync()
    {
        WholeFile.Write(folder.Down, "");
        // An install may wait for a minute; nobody needs it any more.
        await down.CancelAsync();
        await turn.WaitAsync();
        supervisor.Command(supervisor.Desired with { Versions = [], Weights = [], WatchUntil = 0 });
        await supervisor.EndAllAsync(TimeSpan.FromSeconds(5));
    }

    public GatewayStatus Status(string environment, int port) =>
        new(
            environment,
            port,
            supervisor.Desired.Fence,
            [
                .. supervisor.Versions.Select(run => new VersionStatus(
                    run.Version,
                    supervisor.Desired.Weights.GetValueOrDefault(run.Version),
                    supervisor.Desired.Versions.GetValueOrDefault(run.Version)?.Instances ?? 0,
                    supervisor.Desired.Versions.GetValueOrDefault(run.Version)?.Spec.Slot ?? "",
                    [.. run.Instances.Select(instance => instance.Describe(folder))]
                )),
            ]
        );

    public void Dispose()
    {
        turn.Dispose();
        down.Dispose();
    }

    DesiredState Watched(DesiredState state, double seconds) =>
        state with
        {
            WatchUntil = clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds(),
        };

    static Dictionary<string, DesiredVersion> With(Dictionary<string, DesiredVersion> versions, string version, DesiredVersion wanted) =>
        new(versions) { [version] = wanted };
}
