using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Everything that one run of a gate left as evidence.</summary>
/// <param name="Metrics">What was measured.</param>
/// <param name="Tests">How the tests ended; null where no report lists tests.</param>
/// <param name="FailedTests">The names of the tests that failed, as far as the reports name them.</param>
/// <param name="Findings">What scanners found, as far as their reports name it, the worst first.</param>
/// <param name="Reports">The reports that were read.</param>
/// <param name="Problems">Reports that are of no use, and why.</param>
/// <param name="Unrecognised">Files that were written where reports are looked for, of no known format.</param>
/// <param name="Stale">Reports from before this run.</param>
sealed record ReportedEvidence(
    IReadOnlyDictionary<string, Quantity> Metrics,
    TestCounts? Tests,
    IReadOnlyList<string> FailedTests,
    IReadOnlyList<string> Findings,
    IReadOnlyList<ReadReport> Reports,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Unrecognised,
    IReadOnlyList<string> Stale
)
{
    static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".trx",
        ".xml",
        ".json",
        ".sarif",
        ".info",
        ".lcov",
        ".out",
        ".cov",
        ".csv",
        ".jtl",
        ".txt",
        ".ndjson",
        "",
    };

    /// <summary>Reads what the run wrote. The same report in two places counts once.</summary>
    public static ReportedEvidence Read(FreshReports fresh, string root)
    {
        var evidence = new GateEvidence(root, fresh.Began);
        var (reports, problems, unrecognised) = (new List<ReadReport>(), new List<string>(), new List<string>());
        foreach (var (path, name) in fresh.Written().Where(file => Endings.Contains(Path.GetExtension(file.Path))))
        {
            try
            {
                var file = ReportFile.Open(path, name);
                if (reports.Exists(report => report.Sha256 == file.Sha256))
                {
                    continue;
                }

                if (ReportReader.Read(file, evidence) is { } format)
                {
                    reports.Add(new ReadReport(name, format, file.Sha256));
                }
                else
                {
                    unrecognised.Add(name);
                }
            }
            catch (BrokenReportException problem)
            {
                problems.Add(problem.Message);
            }
        }

        return new ReportedEvidence(
            evidence.Metrics(),
            evidence.Tests,
            evidence.FailedTests,
            [.. evidence.Vulnerabilities?.Worst ?? []],
            reports,
            problems,
            unrecognised,
            fresh.Stale()
        );
    }
}
