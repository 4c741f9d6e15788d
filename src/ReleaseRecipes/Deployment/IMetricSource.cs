using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>Measures the versions that serve an environment.</summary>
public interface IMetricSource
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>What was measured in the window. An unreachable source is no exception but a measurement with a problem.</summary>
    Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel);
}

/// <summary>What to measure.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Candidate">The new version.</param>
/// <param name="Stable">The version now verified, measured beside it as the baseline; null where there is none.</param>
/// <param name="From">The beginning, inclusive.</param>
/// <param name="To">The end, exclusive.</param>
public sealed record MeasurementWindow(string Environment, string Candidate, string? Stable, DateTimeOffset From, DateTimeOffset To);

/// <summary>What was measured: error_rate (ratio), response_time (mean), p50/p95/p99_response_time (durations), requests, throughput, and a source's own.</summary>
public sealed record Measurement
{
    public IReadOnlyDictionary<string, Quantity> Candidate { get; init; } = new Dictionary<string, Quantity>();
    public IReadOnlyDictionary<string, Quantity> Baseline { get; init; } = new Dictionary<string, Quantity>();

    /// <summary>How many requests of the candidate the values stand on; null where the source cannot know.</summary>
    public long? Requests { get; init; }

    /// <summary>Single response times in seconds, where the source keeps them, for the statistical judge.</summary>
    public IReadOnlyList<double> CandidateLatencies { get; init; } = [];
    public IReadOnlyList<double> BaselineLatencies { get; init; } = [];

    /// <summary>Why nothing could be measured; null where it could.</summary>
    public string? Problem { get; init; }
}
