using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>One environment on this machine: its versions run as processes, and a gateway that outlives the build splits their traffic.</summary>
public sealed class LocalTarget(TargetPlace place) : ITarget, IMetricSource
{
    /// <summary>How long requests under way may take before a retired version is stopped nevertheless.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    readonly GatewayClient gateway = new(EnvironmentFolder.Of(place.GitDirectory, place.Environment.Name), place.Fence);
    readonly Slots slots = new(place, EnvironmentFolder.Of(place.GitDirectory, place.Environment.Name));

    public string Name => "local";

    public async Task<TargetState> ReadAsync(CancellationToken cancel) =>
        await gateway.StatusAsync(Owns, cancel) is { } status
            ? new TargetState(
                [
                    .. status.Versions.Select(version => new RunningVersion(
                        version.Version,
                        version.Instances,
                        Healthy(version),
                        version.Weight
                    )),
                ],
                new Uri($"http://127.0.0.1:{status.Port}/")
            )
            : TargetState.Empty;

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var spec = artifacts is null ? await slots.FindAsync(version, cancel) : await slots.FillAsync(artifacts, cancel);
        await gateway.StartAsync(place.Environment.Local.Port, cancel);
        await gateway.InstallAsync(
            new InstallCommand(version, spec, instances, Surroundings.OfApplications(), Release(version)),
            progress,
            cancel
        );
        slots.Prune((await gateway.StatusAsync(Owns, cancel))?.Versions.Select(running => running.Version) ?? [version]);
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
    {
        await gateway.ReviveAsync(Owns, cancel);
        await gateway.ShiftAsync(new ShiftCommand(weights.ToDictionary(), WatchSeconds, Rate), cancel);
    }

    public async Task RetireAsync(string version, CancellationToken cancel)
    {
        if (await gateway.ReviveAsync(Owns, cancel))
        {
            await gateway.RetireAsync(new RetireCommand(version, Patience.TotalSeconds), cancel);
        }
    }

    public async Task<Uri?> PreviewAsync(string version, CancellationToken cancel)
    {
        var running = (await gateway.StatusAsync(Owns, cancel))?.Versions.FirstOrDefault(running => running.Version == version);
        return running?.Running.FirstOrDefault(instance => instance.State == "healthy") is { } instance
            ? new Uri($"http://127.0.0.1:{instance.Port}/")
            : null;
    }

    public async Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        try
        {
            await gateway.ReviveAsync(Owns, cancel);
            return Measured.Of(window, await gateway.MeasureAsync(window.From, window.To, cancel));
        }
        catch (ReleaseException problem)
        {
            return new Measurement { Problem = problem.What };
        }
    }

    /// <summary>Whoever only reads starts nothing.</summary>
    bool Owns => place.Fence > 0;

    /// <summary>Long enough for the watch that follows a shift, and some more for what the machine is busy with.</summary>
    double WatchSeconds => (place.Environment.Interval.TotalSeconds * 1.5) + 30;

    /// <summary>Half as many requests again as the measurements of one interval must stand on.</summary>
    double Rate =>
        Math.Clamp(
            1.5
                * place.Environment.MinRequests
                * Math.Max(1, place.Environment.Measurements)
                / Math.Max(0.1, place.Environment.Interval.TotalSeconds),
            1,
            500
        );

    Dictionary<string, string> Release(string version) =>
        new()
        {
            ["RELEASE_VERSION"] = version,
            ["RELEASE_ENVIRONMENT"] = place.Environment.Name,
            ["RELEASE_REPOSITORY"] = place.Root,
        };

    static int Healthy(VersionStatus version) => version.Running.Count(instance => instance.State == "healthy");
}
