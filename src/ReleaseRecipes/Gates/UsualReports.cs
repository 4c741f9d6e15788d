using ReleaseRecipes.Strategy;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>Where reports are looked for when a gate has a command of its own and does not say where it writes them.</summary>
static class UsualReports
{
    static readonly string[] TestGates = ["unit_tests", "integration_tests"];

    /// <summary>
    /// The places for a gate. One that says in its command where it reports to, or that needs no evidence, has none: it would
    /// only find what others wrote.
    /// </summary>
    public static IReadOnlyList<string> For(GateSettings gate) =>
        gate.Reports.Count > 0 ? gate.Reports
        : gate.Command?.Contains("RELEASE_GATE_REPORTS", StringComparison.Ordinal) == true ? []
        : TestGates.Contains(gate.Name) || NeedsReport(gate.Threshold) ? Places
        : [];

    static bool NeedsReport(string? threshold) =>
        threshold is not null
        && Threshold.TryParse(threshold, out var condition, out _)
        && condition.Metrics.Any(metric => metric != "duration");

    static IReadOnlyList<string> Places { get; } =
    [
        "**/TestResults/**/*.trx",
        "**/TestResults/**/*.xml",
        "**/target/surefire-reports/TEST-*.xml",
        "**/target/failsafe-reports/TEST-*.xml",
        "**/target/site/jacoco/jacoco.xml",
        "**/build/test-results/**/TEST-*.xml",
        "**/build/reports/jacoco/**/*.xml",
        "**/coverage/coverage-summary.json",
        "**/coverage/lcov.info",
        "**/coverage/cobertura-coverage.xml",
        "test-results/**/*.xml",
        "reports/**/*.xml",
        "junit*.xml",
        "coverage.xml",
        "lcov.info",
        "coverage.out",
        "cover.out",
        "*.sarif",
        "*.jtl",
        "BenchmarkDotNet.Artifacts/results/*-report-full*.json",
    ];
}
