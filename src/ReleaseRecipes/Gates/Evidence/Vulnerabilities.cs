using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>How bad a finding is.</summary>
enum Severity
{
    Critical,
    High,
    Medium,
    Low,

    /// <summary>The scanner does not say.</summary>
    Unrated,
}

/// <summary>
/// What scanners found, each finding once however many reports name it. One that nobody rated may be of any severity, so
/// that the counts by severity are then unknown.
/// </summary>
sealed class Vulnerabilities
{
    readonly Dictionary<string, Severity> named = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<Severity, long> counted = [];

    /// <summary>The word of a scanner as a severity.</summary>
    public static Severity Rate(string? word) =>
        word?.ToLowerInvariant() switch
        {
            "critical" => Severity.Critical,
            "high" => Severity.High,
            "medium" or "moderate" => Severity.Medium,
            "low" or "info" or "informational" or "negligible" => Severity.Low,
            _ => Severity.Unrated,
        };

    /// <summary>A CVSS score as a severity.</summary>
    public static Severity Rate(double score) =>
        score switch
        {
            >= 9 and <= 10 => Severity.Critical,
            >= 7 and < 9 => Severity.High,
            >= 4 and < 7 => Severity.Medium,
            >= 0 and < 4 => Severity.Low,
            _ => Severity.Unrated,
        };

    /// <summary>Adds a finding; of two ratings of the same one the worse counts.</summary>
    public void Add(string id, Severity severity) =>
        named[id] = named.TryGetValue(id, out var known) && known < severity ? known : severity;

    /// <summary>Adds findings of which only the number is known.</summary>
    public void Add(Severity severity, long count) => counted[severity] = counted.GetValueOrDefault(severity) + count;

    /// <summary>The findings that have a name, the worst first.</summary>
    public IEnumerable<string> Worst =>
        named
            .Where(one => !one.Key.StartsWith('{'))
            .OrderBy(one => one.Value)
            .Select(one => $"{one.Key} ({one.Value.ToString().ToLowerInvariant()})");

    public IEnumerable<(string, Quantity)> Metrics()
    {
        var bySeverity = Enum.GetValues<Severity>()
            .ToDictionary(
                severity => severity,
                severity => counted.GetValueOrDefault(severity) + named.Values.LongCount(one => one == severity)
            );
        yield return ("vulnerabilities", Quantity.Count(bySeverity.Values.Sum()));
        if (bySeverity[Severity.Unrated] > 0)
        {
            yield return ("unrated_vulnerabilities", Quantity.Count(bySeverity[Severity.Unrated]));
            yield break;
        }

        foreach (var (severity, count) in bySeverity.Where(pair => pair.Key != Severity.Unrated))
        {
            yield return ($"{severity.ToString().ToLowerInvariant()}_vulnerabilities", Quantity.Count(count));
        }
    }
}
