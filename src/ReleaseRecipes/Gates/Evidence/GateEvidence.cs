using System.Globalization;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>What the reports of one gate say together.</summary>
/// <param name="root">The folder that relative file names in reports start from.</param>
/// <param name="began">When the gate began; null where reports of any age will do.</param>
sealed class GateEvidence(string root, DateTimeOffset? began = null)
{
    // Reports round their times.
    static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    readonly TestRuns runs = new();

    /// <summary>How the tests ended; null where no report lists tests.</summary>
    public TestCounts? Tests => runs.Counts;

    /// <summary>The names of the tests that failed, as far as the reports name them.</summary>
    public IReadOnlyList<string> FailedTests => runs.Failed;

    public CoverageMap Coverage { get; } = new(root);

    /// <summary>What scanners found; null where no report is a scanner's.</summary>
    public Vulnerabilities? Vulnerabilities { get; private set; }

    public LoadNumbers Load { get; } = new();

    /// <summary>Numbers of a format's own.</summary>
    public Dictionary<string, Quantity> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Says that a scanner ran, so that nothing found counts as nothing there.</summary>
    public Vulnerabilities Scanned() => Vulnerabilities ??= new Vulnerabilities();

    /// <summary>Adds to a count of a format's own.</summary>
    public void Count(string metric, long more) =>
        Others[metric] = Quantity.Count(more + (Others.TryGetValue(metric, out var known) ? known.Value : 0));

    /// <summary>Adds a run of tests.</summary>
    public void Add(string format, TestCounts counts, IReadOnlyList<ReportedTest> tests) => runs.Add(format, counts, tests);

    /// <summary>Takes note of a time at which the report was still being written, by its own account.</summary>
    /// <exception cref="FormatException">That is before the gate began: a copy of an old report is no evidence.</exception>
    public void WrittenAt(DateTimeOffset time)
    {
        if (time + ClockTolerance < began)
        {
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it says itself that it is from {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, before this run began: an old report is no evidence"
                )
            );
        }
    }

    /// <summary>Everything that was measured, by the names of thresholds.</summary>
    public Dictionary<string, Quantity> Metrics()
    {
        var metrics = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var all = (Tests?.Metrics() ?? [])
            .Concat(Coverage.Metrics())
            .Concat(Vulnerabilities?.Metrics() ?? [])
            .Concat(Load.Metrics())
            .Concat(Others.Select(pair => (pair.Key, pair.Value)));
        foreach (var (name, value) in all)
        {
            metrics[name] = value;
        }

        return metrics;
    }
}
