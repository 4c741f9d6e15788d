using System.Globalization;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>
/// What load tests and benchmarks measured. Single samples of several reports are taken together; of summaries, which
/// cannot be, the worst counts.
/// </summary>
sealed class LoadNumbers
{
    readonly Dictionary<string, Quantity> summary = new(StringComparer.Ordinal);
    readonly List<double> samples = [];
    long requests;
    long failures;
    bool failuresKnown = true;
    double firstStart = double.MaxValue;
    double lastEnd = double.MinValue;

    /// <summary>Adds one request.</summary>
    /// <param name="start">When it began, in seconds.</param>
    /// <param name="elapsed">How long it took, in seconds.</param>
    /// <param name="failed">Whether it failed.</param>
    public void AddSample(double start, double elapsed, bool failed)
    {
        samples.Add(elapsed);
        requests++;
        failures += failed ? 1 : 0;
        firstStart = Math.Min(firstStart, start);
        lastEnd = Math.Max(lastEnd, start + elapsed);
    }

    /// <summary>Adds how many requests a summary stands on; the failed ones where it tells.</summary>
    public void AddRequests(long count, double? failed)
    {
        if (failed is < 0 || failed > count)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{failed} of {count} requests cannot have failed"));
        }

        requests += count;
        failures += (long)Math.Ceiling(failed ?? 0);
        failuresKnown &= failed is not null;
    }

    /// <summary>Adds a number of a summary: of times the longest counts, of throughputs the smallest.</summary>
    public void AddSummary(string metric, Quantity value)
    {
        if (!double.IsFinite(value.Value) || value.Value < 0)
        {
            throw new FormatException($"{metric} is no measurement");
        }

        if (!summary.TryGetValue(metric, out var known) || (metric == "throughput" ? value.Value < known.Value : value.Value > known.Value))
        {
            summary[metric] = value;
        }
    }

    public IEnumerable<(string, Quantity)> Metrics()
    {
        foreach (var (metric, value) in samples.Count > 0 ? OfSamples().Concat(Worse()) : summary.Select(pair => (pair.Key, pair.Value)))
        {
            yield return (metric, value);
        }

        if (requests > 0)
        {
            yield return ("requests", Quantity.Count(requests));
            if (failuresKnown)
            {
                yield return ("error_rate", Quantity.Share((double)failures / requests));
            }
        }
    }

    IEnumerable<(string, Quantity)> OfSamples()
    {
        samples.Sort();
        yield return ("response_time", Quantity.Seconds(samples.Average()));
        yield return ("max_response_time", Quantity.Seconds(samples[^1]));
        foreach (var percent in new[] { 50, 90, 95, 99 })
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"p{percent}_response_time"), Quantity.Seconds(Percentile(percent)));
        }

        if (lastEnd > firstStart)
        {
            yield return ("throughput", Quantity.Count(samples.Count / (lastEnd - firstStart)));
        }
    }

    // Nearest rank: a value that was measured, never one between two.
    double Percentile(int percent) => samples[Math.Max(0, (int)Math.Ceiling(percent / 100.0 * samples.Count) - 1)];

    /// <summary>Where there are summaries beside samples, those of their numbers that are worse.</summary>
    IEnumerable<(string, Quantity)> Worse()
    {
        var measured = OfSamples().ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return summary
            .Where(pair =>
                !measured.TryGetValue(pair.Key, out var value)
                || (pair.Key == "throughput" ? pair.Value.Value < value.Value : pair.Value.Value > value.Value)
            )
            .Select(pair => (pair.Key, pair.Value));
    }
}
