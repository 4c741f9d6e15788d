namespace ReleaseRecipes;

/// <summary>Whether this build runs on a CI server, where nobody answers questions and the clone is thrown away.</summary>
public static class ContinuousIntegration
{
    static readonly string[] Marks =
    [
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "TF_BUILD",
        "TEAMCITY_VERSION",
        "JENKINS_URL",
        "BUILDKITE",
        "CIRCLECI",
        "APPVEYOR",
        "BITBUCKET_BUILD_NUMBER",
    ];

    /// <summary>Whether one of the usual variables says so.</summary>
    public static bool Detected =>
        Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ci && !string.Equals(ci, "false", StringComparison.OrdinalIgnoreCase)
        || Marks.Any(mark => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(mark)));
}
