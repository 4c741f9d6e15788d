using ReleaseRecipes.Deployment.Local.Protocol;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>The gateway's counts as the metrics that thresholds speak of.</summary>
static class Measured
{
    static readonly (string Name, double Share)[] Percentiles =
    [
        ("p50_response_time", 0.50),
        ("p75_response_time", 0.75),
        ("p90_response_time", 0.90),
        ("p95_response_time", 0.95),
        ("p99_response_time", 0.99),
        ("p999_response_time", 0.999),
        ("max_response_time", 1),
    ];

    public static Measurement Of(MeasurementWindow window, IReadOnlyList<VersionMeasured> versions)
    {
        var candidate = versions.FirstOrDefault(version => version.Version == window.Candidate);
        var stable = versions.FirstOrDefault(version => version.Version == window.Stable);
        return candidate is null
            ? new Measurement { Requests = 0, Problem = $"version {window.Candidate} does not run" }
            : new Measurement
            {
                Candidate = Metrics(candidate, window),
                Baseline = stable is null ? new Dictionary<string, Quantity>() : Metrics(stable, window),
                Requests = candidate.Requests,
                CandidateLatencies = candidate.Latencies,
                BaselineLatencies = stable?.Latencies ?? [],
            };
    }

    /// <summary>Without a request there is neither a rate nor a time: the metrics are missing, not zero.</summary>
    static Dictionary<string, Quantity> Metrics(VersionMeasured version, MeasurementWindow window)
    {
        var metrics = new Dictionary<string, Quantity>
        {
            ["requests"] = Quantity.Count(version.Requests),
            ["probes"] = Quantity.Count(version.Probes),
            ["crashes"] = Quantity.Count(version.Crashes),
            ["throughput"] = Quantity.Count(version.Requests / Math.Max(0.001, (window.To - window.From).TotalSeconds)),
        };
        if (version.Requests > 0)
        {
            // An answer that broke off after a good beginning counts as an error of a request counted before.
            metrics["error_rate"] = Quantity.Share(Math.Min(1, (double)version.Errors / version.Requests));
            metrics["response_time"] = Quantity.Seconds(version.Seconds / version.Requests);
            foreach (var (name, share) in Percentiles)
            {
                metrics[name] = Quantity.Seconds(Percentile(version.Latencies, share));
            }
        }

        return metrics;
    }

    /// <summary>The smallest time that so many of the requests did not exceed (nearest rank).</summary>
    static double Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
