using System.Globalization;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Asks a Prometheus server. Each query is asked for the candidate and, where there is one, for the stable version, with {version},
/// {environment}, {track} (candidate or stable) and {interval} replaced. A query named <c>requests</c> says what the others stand on; one named
/// <c>response_times</c> is asked as a range, and its points are what the statistical judge compares.
/// </summary>
public sealed class PrometheusSource(Uri server, IReadOnlyDictionary<string, string> queries, string? token) : IMetricSource
{
    const string Samples = "response_times";
    const int MostPoints = 500;

    public string Name => "prometheus";

    public async Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        try
        {
            var candidate = await AskAsync(window, window.Candidate, "candidate", cancel);
            var stable = window.Stable is null ? default : await AskAsync(window, window.Stable, "stable", cancel);
            return new Measurement
            {
                Candidate = candidate.Values,
                Baseline = stable.Values ?? new Dictionary<string, Quantity>(),
                CandidateLatencies = candidate.Points,
                BaselineLatencies = stable.Points ?? [],
                Requests = Requests(candidate.Values),
            };
        }
        catch (ReleaseException problem)
        {
            return new Measurement { Problem = $"prometheus: {problem.What}" };
        }
    }

    /// <summary>A value as it may stand between the quotes of a label matcher. Of single and raw quotes, too, it finds no end.</summary>
    internal static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("'", "\\x27", StringComparison.Ordinal)
            .Replace("`", "\\x60", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    async Task<(Dictionary<string, Quantity> Values, IReadOnlyList<double> Points)> AskAsync(
        MeasurementWindow window,
        string version,
        string track,
        CancellationToken cancel
    )
    {
        var values = new Dictionary<string, Quantity>();
        IReadOnlyList<double> points = [];
        foreach (var (name, template) in queries)
        {
            var query = Templates.Fill(template, window, version, track, Escape);
            if (name == Samples)
            {
                points = PrometheusAnswer.Points(await MetricsClient.GetAsync(Range(query, window), token, cancel), name);
            }
            else if (PrometheusAnswer.Value(await MetricsClient.GetAsync(Instant(query, window), token, cancel), name) is { } value)
            {
                values[name] = MetricValues.Of(name, value);
            }
        }

        return (values, points);
    }

    /// <summary>A count that is not there is not "unknown", which would let few requests pass: it is none.</summary>
    long? Requests(Dictionary<string, Quantity> values) =>
        !queries.ContainsKey("requests") ? null
        : values.TryGetValue("requests", out var count) && double.IsFinite(count.Value) ? (long)Math.Round(Math.Clamp(count.Value, 0, 1e15))
        : 0;

    Uri Instant(string query, MeasurementWindow window) =>
        Address("query", $"query={Uri.EscapeDataString(query)}&time={Seconds(window.To)}");

    Uri Range(string query, MeasurementWindow window)
    {
        var step = Math.Max(1, Math.Ceiling((window.To - window.From).TotalSeconds / MostPoints)).ToString(CultureInfo.InvariantCulture);
        return Address(
            "query_range",
            $"query={Uri.EscapeDataString(query)}&start={Seconds(window.From)}&end={Seconds(window.To)}&step={step}"
        );
    }

    Uri Address(string what, string query) => new($"{server.AbsoluteUri.TrimEnd('/')}/api/v1/{what}?{query}");

    static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}

/// <summary>Opens the Prometheus server of an environment.</summary>
public sealed class PrometheusSourceKind : IMetricSourceKind
{
    public string Name => "prometheus";

    public IMetricSource Open(TargetPlace place, ITarget target)
    {
        var settings = place.Environment.Metrics;
        return new PrometheusSource(MetricsAddress.Of(place, "http://prometheus:9090"), settings.Queries, MetricsAddress.Token(settings));
    }
}
