using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>What the reports of one gate say together.</summary>
/// <param name="root">The folder that relative file names in reports start from.</param>
sealed class GateEvidence(string root)
{
    /// <summary>How the tests ended; null where no report lists tests.</summary>
    public TestCounts? Tests { get; private set; }

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

    public void Add(TestCounts tests) => Tests = (Tests ?? new TestCounts()) + tests;

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
