namespace ReleaseRecipes.Thresholds;

/// <summary>The values that a threshold is evaluated over.</summary>
sealed class Measured(IReadOnlyDictionary<string, Quantity> metrics, IReadOnlyDictionary<string, Quantity>? baseline)
{
    readonly List<string> reasons = [];

    /// <summary>Why parts of the condition are unknown, where the values alone do not show it.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <summary>The value of a metric; null where there is none of that name.</summary>
    public Quantity? this[Metric metric] =>
        (metric.OfBaseline ? baseline : metrics)?.TryGetValue(metric.Name, out var value) == true ? value : null;

    /// <summary>Says once why something is unknown.</summary>
    public void Explain(string reason)
    {
        if (!reasons.Contains(reason) && reasons.Count < 10)
        {
            reasons.Add(reason);
        }
    }
}
