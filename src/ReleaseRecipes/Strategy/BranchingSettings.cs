namespace ReleaseRecipes.Strategy;

/// <summary>The branching models whose branches decide what kind of version is made.</summary>
public enum BranchingModel
{
    Gitflow,
    GithubFlow,
    GitlabFlow,
}

/// <summary>The names of the branches that mean something.</summary>
public sealed record BranchingSettings
{
    public BranchingModel Model { get; init; } = BranchingModel.GithubFlow;
    public string MainBranch { get; init; } = "main";
    public string DevelopBranch { get; init; } = "develop";
    public string FeaturePrefix { get; init; } = "feature/";
    public string ReleasePrefix { get; init; } = "release/";
    public string HotfixPrefix { get; init; } = "hotfix/";

    /// <summary>Lines of old versions that still get fixes: <c>support/1.x</c>.</summary>
    public string SupportPrefix { get; init; } = "support/";
}
