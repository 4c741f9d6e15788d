namespace ReleaseRecipes.Strategy.Reading;

/// <summary>The names that a strategy file may choose from: what is built in, and what a build registers beside it.</summary>
public sealed record KnownNames
{
    /// <summary>What is built in.</summary>
    public static KnownNames BuiltIn { get; } = new();

    /// <summary>Gates that need no command: theirs is found from the project's files.</summary>
    public IReadOnlyList<string> Gates { get; init; } =
    ["unit_tests", "integration_tests", "security_scan", "performance_tests", "build_validation"];

    public IReadOnlyList<string> DeploymentTypes { get; init; } = ["blue_green", "canary", "rolling", "recreate"];
    public IReadOnlyList<string> Providers { get; init; } = ["local", "kubernetes", "nuget", "command"];
    public IReadOnlyList<string> MetricProviders { get; init; } = ["local", "prometheus", "http", "command"];
    public IReadOnlyList<string> Channels { get; init; } = ["email", "slack", "jira"];
    public IReadOnlyList<string> ChangelogStyles { get; init; } = ["emoji", "keep_a_changelog", "plain"];
}
