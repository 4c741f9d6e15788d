using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>The places of the simulated world, as a kind of target.</summary>
sealed class SharedTargetKind(ReleaseWorld world, SimulatedProcess process) : ITargetKind
{
    public string Name => "shared";

    public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public ITarget Open(TargetPlace place) => new SharedTarget(world, process, world.Places[place.Environment.Name], place.Fence);
}

/// <summary>Measures what the world says of a version.</summary>
sealed class WorldMetricsKind(ReleaseWorld world) : IMetricSourceKind
{
    public string Name => "none";

    public IMetricSource Open(TargetPlace place, ITarget target) => new Source(world);

    sealed class Source(ReleaseWorld world) : IMetricSource
    {
        public string Name => "none";

        public Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel) =>
            Task.FromResult(SimulatedMetrics.ErrorRate(world.IsBad(window.Candidate, window.Environment) ? 0.5 : 0.001));
    }
}

/// <summary>A channel that must not be told anything twice, and of which it can be asked what it was told.</summary>
sealed class WorldNotifier(ReleaseWorld world, SimulatedProcess process) : INotifier
{
    public string Name => "people";

    public async Task TellAsync(ReleaseNews news, CancellationToken cancel)
    {
        await world.Scheduler.TurnAsync(process);
        if (world.Fails(2))
        {
            throw new ReleaseException("Nobody listens.");
        }

        world.Told[Of(news)] = world.Told.GetValueOrDefault(Of(news)) + 1;
        // Whoever tells survives what a channel throws: this is found at the end.
        world.Wrong ??= world.Told[Of(news)] > 1 ? $"nobody is told twice: {Of(news)}" : null;
        await world.Scheduler.TurnAsync(process);
        if (world.Fails(2))
        {
            throw new TimeoutException("Nobody was heard.");
        }
    }

    public async Task<Presence> WasToldAsync(ReleaseNews news, CancellationToken cancel)
    {
        await world.Scheduler.TurnAsync(process);
        return world.Told.ContainsKey(Of(news)) ? Presence.Present : Presence.Absent;
    }

    static string Of(ReleaseNews news) => $"{news.Version} {news.Key}";
}
