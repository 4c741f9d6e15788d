namespace ReleaseRecipes.Strategy;

/// <summary>Where a rollout's measurements come from.</summary>
public sealed record MetricsSettings
{
    /// <summary>local (the gateway), prometheus, http, command, or a source that the build registers; the target's own where null.</summary>
    public string? Provider { get; init; }
    public string? Url { get; init; }

    /// <summary>Metric name to query; <c>{version}</c>, <c>{environment}</c>, <c>{track}</c> and <c>{interval}</c> are replaced.</summary>
    public IReadOnlyDictionary<string, string> Queries { get; init; } = new Dictionary<string, string>();

    /// <summary>A command that prints one JSON object of metrics. Provider command.</summary>
    public string? Command { get; init; }

    /// <summary>The environment variable that holds a bearer token.</summary>
    public string? TokenEnv { get; init; }
}
