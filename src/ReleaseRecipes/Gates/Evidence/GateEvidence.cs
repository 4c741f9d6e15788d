using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>What the reports of one gate say together.</summary>
/// <param name="root">The folder that relative file names in reports start from.</param>
sealed class GateEvidence(string root)
{
    /// <summary>How the tests ended; null where no report lists tests.</summary>
    public TestCounts? Tests { get; private set; }

    public CoverageMap Coverage { get; } = new(root);

    public void Add(TestCounts tests) => Tests = (Tests ?? new TestCounts()) + tests;

    /// <summary>Everything that was measured, by the names of thresholds.</summary>
    public Dictionary<string, Quantity> Metrics()
    {
        var metrics = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, value) in (Tests?.Metrics() ?? []).Concat(Coverage.Metrics()))
        {
            metrics[name] = value;
        }

        return metrics;
    }
}
