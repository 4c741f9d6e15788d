using System.Text.Json;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>BenchmarkDotNet's full JSON. Times are nanoseconds; of several benchmarks the slowest counts.</summary>
sealed class BenchmarkDotNetReport : IJsonFormat
{
    static readonly (string Name, string Metric)[] Percentiles =
    [
        ("P50", "p50_response_time"),
        ("P90", "p90_response_time"),
        ("P95", "p95_response_time"),
        ("P100", "max_response_time"),
    ];

    public string Name => "BenchmarkDotNet";

    public bool Fits(JsonElement root) => root.Has("Benchmarks") && root.Has("HostEnvironmentInfo");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var benchmarks = root.Items("Benchmarks").ToList();
        if (benchmarks.Count == 0)
        {
            throw new FormatException("it lists no benchmark");
        }

        foreach (var benchmark in benchmarks)
        {
            var statistics =
                benchmark.Find("Statistics")
                ?? throw new FormatException($"the benchmark {benchmark.Text("FullName") ?? benchmark.Text("Method")} has no result");
            evidence.Load.AddSummary("response_time", Seconds(statistics, "Mean"));
            foreach (var (name, metric) in Percentiles)
            {
                evidence.Load.AddSummary(metric, Seconds(statistics.Need("Percentiles"), name));
            }

            evidence.Count("benchmarks", 1);
            if (
                benchmark.Find("Memory") is { } memory
                && memory.Find("BytesAllocatedPerOperation") is { ValueKind: JsonValueKind.Number } allocated
            )
            {
                evidence.Load.AddSummary("allocated_bytes", Quantity.Count(allocated.GetDouble()));
            }
        }
    }

    static Quantity Seconds(JsonElement json, string name) => Quantity.Seconds(json.Number(name) / 1e9);
}
