namespace ReleaseRecipes.Thresholds;

/// <summary>One metric that gates and rollouts measure.</summary>
/// <param name="Name">Its name in thresholds.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Meaning">What it says.</param>
public sealed record MetricName(string Name, Unit Unit, string Meaning);

/// <summary>The metrics whose meaning is fixed. A command or a query may bring others, which are typed when they are measured.</summary>
public static class MetricNames
{
    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<MetricName> All { get; } =
    [
        new("coverage", Unit.Ratio, "Lines covered by tests, of all lines that can be"),
        new("branch_coverage", Unit.Ratio, "Branches covered by tests, of all branches"),
        new("success_rate", Unit.Ratio, "Tests passed, of all tests that ran; unknown when none ran"),
        new("tests", Unit.Number, "Tests that ran"),
        new("failed_tests", Unit.Number, "Tests that failed"),
        new("skipped_tests", Unit.Number, "Tests that were skipped"),
        new("flaky_tests", Unit.Number, "Tests that passed only when run again"),
        new("vulnerabilities", Unit.Number, "Known vulnerabilities of any severity"),
        new("critical_vulnerabilities", Unit.Number, "Known vulnerabilities rated critical"),
        new("high_vulnerabilities", Unit.Number, "Known vulnerabilities rated high"),
        new("medium_vulnerabilities", Unit.Number, "Known vulnerabilities rated medium or moderate"),
        new("low_vulnerabilities", Unit.Number, "Known vulnerabilities rated low"),
        new(
            "unrated_vulnerabilities",
            Unit.Number,
            "Known vulnerabilities that nobody rated; where there are any, the ratings above are unknown"
        ),
        new("errors", Unit.Number, "Findings of level error in a SARIF report"),
        new("warnings", Unit.Number, "Findings of level warning in a SARIF report, or compiler warnings"),
        new("notes", Unit.Number, "Findings of level note in a SARIF report"),
        new("error_rate", Unit.Ratio, "Requests answered with 5xx or not at all, of all requests"),
        new("response_time", Unit.Duration, "Mean response time"),
        new("p50_response_time", Unit.Duration, "Half of the requests were faster"),
        new("p90_response_time", Unit.Duration, "90% of the requests were faster"),
        new("p95_response_time", Unit.Duration, "95% of the requests were faster"),
        new("p99_response_time", Unit.Duration, "99% of the requests were faster"),
        new("max_response_time", Unit.Duration, "The slowest request"),
        new("requests", Unit.Number, "Requests that were measured"),
        new("throughput", Unit.Number, "Requests a second"),
        new("check_rate", Unit.Ratio, "Checks of a load test that held, of all its checks"),
        new("failed_checks", Unit.Number, "Checks of a load test that did not hold"),
        new("benchmarks", Unit.Number, "Benchmarks that ran"),
        new("allocated_bytes", Unit.Number, "Memory that one operation of a benchmark allocates"),
        new("probes", Unit.Number, "Requests that the gateway made itself, for want of others"),
        new("crashes", Unit.Number, "Instances that ended by themselves"),
        new("duration", Unit.Duration, "How long the gate's command took"),
    ];

    static readonly Dictionary<string, MetricName> ByName = All.ToDictionary(metric => metric.Name);

    /// <summary>What a metric counts; null where only its measurement can tell.</summary>
    public static Unit? UnitOf(string name) =>
        ByName.TryGetValue(name, out var metric) ? metric.Unit
        : IsPercentile(name) ? Unit.Duration
        : null;

    /// <summary>Any percentile of the response time: <c>p75_response_time</c>, <c>p999_response_time</c>.</summary>
    static bool IsPercentile(string name)
    {
        const string suffix = "_response_time";
        return name.StartsWith('p')
            && name.EndsWith(suffix, StringComparison.Ordinal)
            && name.Length > suffix.Length + 1
            && name[1..^suffix.Length].All(char.IsAsciiDigit);
    }
}
