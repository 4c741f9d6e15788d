using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>k6's summary, as <c>--summary-export</c> and as <c>handleSummary</c> write it. Its times are milliseconds.</summary>
sealed partial class K6Summary : IJsonFormat
{
    public string Name => "k6";

    public bool Fits(JsonElement root) =>
        root.Find("metrics") is { } metrics
        && (metrics.Has("http_req_duration") || metrics.Has("iteration_duration") || metrics.Has("iterations"));

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var metrics = root.Need("metrics");
        if (Values(metrics, "http_req_duration") is { } times)
        {
            ReadTimes(times, evidence.Load);
        }

        if (Values(metrics, "http_reqs") is { } requests)
        {
            var count = requests.Count("count");
            double? failed = Values(metrics, "http_req_failed") is { } failures ? Rate(failures) * count : null;
            evidence.Load.AddRequests(count, failed);
            evidence.Load.AddSummary("throughput", Quantity.Count(requests.Number("rate")));
        }

        if (Values(metrics, "checks") is { } checks)
        {
            evidence.Count("failed_checks", checks.Count("fails"));
            evidence.Others["check_rate"] = Quantity.Share(Rate(checks));
        }
    }

    static void ReadTimes(JsonElement times, LoadNumbers load)
    {
        foreach (var one in times.EnumerateObject())
        {
            var metric = one.Name switch
            {
                "avg" => "response_time",
                "med" => "p50_response_time",
                "max" => "max_response_time",
                _ => Percentile().Match(one.Name) is { Success: true } match
                    ? $"p{match.Groups[1].Value.Replace(".", "", StringComparison.Ordinal)}_response_time"
                    : null,
            };
            if (metric is not null)
            {
                load.AddSummary(metric, Quantity.Seconds(times.Number(one.Name) / 1000));
            }
        }
    }

    static double Rate(JsonElement rate)
    {
        var share = rate.Number(rate.Has("rate") ? "rate" : "value");
        return share <= 1 ? share : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a rate of {share} cannot be"));
    }

    // The newer form has the numbers one level deeper.
    static JsonElement? Values(JsonElement metrics, string name) =>
        metrics.Find(name) is { } metric ? metric.Find("values") ?? metric : null;

    [GeneratedRegex(@"\Ap\((\d{1,2}(?:\.\d{1,3})?)\)\z")]
    private static partial Regex Percentile();
}
