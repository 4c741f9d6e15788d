using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class BranchingKeys
{
    public static Section<BranchingSettings> Section { get; } =
        new(new())
        {
            {
                "model",
                new ChoiceShape<BranchingModel>
                {
                    { "gitflow", BranchingModel.Gitflow },
                    { "github_flow", BranchingModel.GithubFlow },
                    { "gitlab_flow", BranchingModel.GitlabFlow },
                },
                s => s.Model,
                (s, model) => s with { Model = model },
                "Which branch makes which kind of version"
            },
            { "main_branch", Shapes.BranchName, s => s.MainBranch, (s, name) => s with { MainBranch = name }, "What is released from" },
            {
                "develop_branch",
                Shapes.BranchName,
                s => s.DevelopBranch,
                (s, name) => s with { DevelopBranch = name },
                "Where the next version grows. For gitflow"
            },
            {
                "feature_prefix",
                Shapes.BranchPrefix,
                s => s.FeaturePrefix,
                (s, prefix) => s with { FeaturePrefix = prefix },
                "How the branches of features begin"
            },
            {
                "release_prefix",
                Shapes.BranchPrefix,
                s => s.ReleasePrefix,
                (s, prefix) => s with { ReleasePrefix = prefix },
                "How the branches that prepare a release begin: they make pre-releases"
            },
            {
                "hotfix_prefix",
                Shapes.BranchPrefix,
                s => s.HotfixPrefix,
                (s, prefix) => s with { HotfixPrefix = prefix },
                "How the branches of urgent fixes begin"
            },
            {
                "support_prefix",
                Shapes.BranchPrefix,
                s => s.SupportPrefix,
                (s, prefix) => s with { SupportPrefix = prefix },
                "How the branches of old lines that still get fixes begin: support/1.x"
            },
        };
}
