using System.Globalization;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>Gives plain numbers from outside the unit that their metric has: ratios as a share of one, durations in seconds.</summary>
static class MetricValues
{
    public static Quantity Of(string name, double value) => new(value, MetricNames.UnitOf(name) ?? Unit.Number);

    /// <summary>A number as Prometheus and our own JSON write it. What is none is NaN: no evidence.</summary>
    public static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : text is "+Inf" or "Inf" ? double.PositiveInfinity
        : text == "-Inf" ? double.NegativeInfinity
        : double.NaN;

    /// <summary>Mean and percentiles of single response times in seconds.</summary>
    public static IEnumerable<KeyValuePair<string, Quantity>> OfLatencies(IReadOnlyList<double> seconds)
    {
        if (seconds.Count == 0)
        {
            yield break;
        }

        var sorted = seconds.Order().ToList();
        yield return new("response_time", Quantity.Seconds(sorted.Average()));
        yield return new("p50_response_time", At(0.50));
        yield return new("p95_response_time", At(0.95));
        yield return new("p99_response_time", At(0.99));

        Quantity At(double share) => Quantity.Seconds(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)]);
    }
}
