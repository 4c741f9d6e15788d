using ReleaseRecipes.Deployment;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>A source that looks at the cluster whenever it is asked to measure the candidate.</summary>
public sealed class WatchedMetrics(Func<Task<string>> look, double errorRate = 0) : IMetricSource
{
    public string Name => "watched";

    /// <summary>What it saw, in order.</summary>
    public List<string> Seen { get; } = [];

    public async Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        Seen.Add(await look());
        return SimulatedMetrics.ErrorRate(errorRate);
    }
}
