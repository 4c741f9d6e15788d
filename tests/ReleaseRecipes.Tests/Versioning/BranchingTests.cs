using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Versioning;

/// <summary>One test a row of the tables in docs/versioning.md.</summary>
public sealed class BranchingTests
{
    const string Begin = "* feat: begin | @ v1.3.0 | ";

    // gitflow
    [TestCase("main makes releases", "> develop | * feat: a | > main | + develop", "1.4.0")]
    [TestCase("develop makes alphas", "> develop | * feat: a", "1.4.0-alpha.1")]
    [TestCase("develop counts its alphas", "> develop | * feat: a | @ v1.4.0-alpha.1 | * fix: b", "1.4.0-alpha.2")]
    [TestCase("release/* makes candidates", "> develop | * feat: a | > release/1.4.0", "1.4.0-rc.1")]
    [TestCase("release/* counts its candidates", "> release/1.4.0 | * feat: a | @ v1.4.0-rc.1 | * fix: b", "1.4.0-rc.2")]
    [TestCase("release/* announces its version", "> release/2.0 | * fix: a", "2.0.0-rc.1")]
    [TestCase("release/* without a version goes by the commits", "> release/spring | * feat: a", "1.4.0-rc.1")]
    [TestCase("a candidate is promoted on main", "> release/2.0.0 | * feat: a | @ v2.0.0-rc.1 | > main | + release/2.0.0", "2.0.0")]
    [TestCase(
        "a candidate is promoted on its own commit",
        "> release/1.4.0 | * feat: a | @ v1.4.0-rc.2 | > main | ff release/1.4.0",
        "1.4.0"
    )]
    [TestCase(
        "more than was announced wins on main",
        "> release/1.4.0 | * feat: a | @ v1.4.0-rc.1 | > main | + release/1.4.0 | * feat!: b",
        "2.0.0"
    )]
    [TestCase("hotfix/* makes candidates of a patch", "> hotfix/login | * fix: a", "1.3.1-rc.1")]
    [TestCase("hotfix/* makes a patch whatever it holds", "> hotfix/login | * feat: a", "1.3.1-rc.1")]
    [TestCase("hotfix/* is released on main", "> hotfix/1.3.1 | * fix: a | > main | + hotfix/1.3.1", "1.3.1")]
    [TestCase("hotfix/* of an old line", "* feat: b | @ v1.4.0 | * feat!: c | @ v2.0.0 | < hotfix/1.3.1 v1.3.0 | * fix: a", "1.3.1-rc.1")]
    [TestCase("feature/* makes versions of its own name", "> feature/gift-cards | * feat: a", "1.4.0-gift-cards.1")]
    [TestCase("support/1.x makes releases of its line", "* feat!: c | @ v2.0.0 | < support/1.x v1.3.0 | * feat: a", "1.4.0")]
    [TestCase("support/1.3.x makes patches", "* feat: c | @ v1.4.0 | < support/1.3.x v1.3.0 | * fix: a", "1.3.1")]
    [TestCase("support/1.x passes over no version of its line", "* feat: b | @ v1.4.0 | < support/1.x v1.3.0 | * feat: a", "1.5.0")]
    [TestCase(
        "support/1.x does not mind that main released its fix first",
        "> support/1.x | * fix: a | > main | * feat!: c | + support/1.x | @ v2.0.0 | > support/1.x",
        "1.3.1"
    )]
    public Task Gitflow(string row, string story, string version) => Row(BranchingModel.Gitflow, story, version);

    // github_flow
    [TestCase("main makes releases", "* fix: a", "1.3.1")]
    [TestCase("a branch makes versions of its own name", "> gift-cards | * feat: a", "1.4.0-gift-cards.1")]
    [TestCase("a branch counts its versions", "> gift-cards | * feat: a | @ v1.4.0-gift-cards.1 | * fix: b", "1.4.0-gift-cards.2")]
    [TestCase("versions of branches do not count on main", "> x | * feat!: a | @ v2.0.0-x.1 | > main | * fix: b", "1.3.1")]
    [TestCase("1.x is the line of an old version", "* feat!: c | @ v2.0.0 | < 1.x v1.3.0 | * feat: a", "1.4.0")]
    [TestCase("1.3.x makes patches", "* feat: c | @ v1.4.0 | < 1.3.x v1.3.0 | * fix: a", "1.3.1")]
    [TestCase("the tags of other channels are somebody else's", "@ beta-9.9.9 | @ chart/v3.0.0 | @ v8.0.0-beta.1 | * fix: a", "1.3.1")]
    [TestCase("of several tags on one commit the highest counts", "* feat: a | @ v1.4.0-rc.3 | @ v1.4.0 | @ v1.4.1 | * fix: b", "1.4.2")]
    [TestCase("a release made on a branch counts on main", "* feat: a | > rel | * fix: b | @ v1.4.0 | > main | * fix: c", "1.4.1")]
    [TestCase(
        "what an older line shipped is a patch when it is merged",
        "* feat!: c | @ v2.0.0 | < 1.x v1.3.0 | * feat: a | @ v1.4.0 | > main | + 1.x",
        "2.0.1"
    )]
    public Task GitHub_flow(string row, string story, string version) => Row(BranchingModel.GithubFlow, story, version);

    // gitlab_flow
    [TestCase("main makes releases", "* feat: a", "1.4.0")]
    [TestCase("an environment's branch makes the releases of main", "* feat: a | > production", "1.4.0")]
    [TestCase("a branch before it does so too", "* feat: a | > pre-production", "1.4.0")]
    [TestCase("so does staging", "* feat: a | > staging", "1.4.0")]
    [TestCase("an environment of the strategy does so too", "* feat: a | > eu-west", "1.4.0")]
    [TestCase("1-3-stable makes patches of its line", "* feat: a | @ v1.4.0 | < 1-3-stable v1.3.0 | * fix: b", "1.3.1")]
    [TestCase("a branch makes versions of its own name", "> gift-cards | * feat: a", "1.4.0-gift-cards.1")]
    public Task GitLab_flow(string row, string story, string version) => Row(BranchingModel.GitlabFlow, story, version);

    [TestCase("> support/1.3.x | * feat: a")]
    [TestCase("> support/1.x | * feat!: a")]
    public void A_line_refuses_what_does_not_belong_to_it(string story)
    {
        using var told = new BranchStory().Tell(Begin + story);

        Assert.That(
            async () => await told.DecideAsync(Strategy(BranchingModel.Gitflow)),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("does not belong on support/")
        );
    }

    [Test]
    public async Task A_pre_release_tells_what_is_new_since_the_one_before()
    {
        using var story = new BranchStory().Tell(Begin + "> release/1.4.0 | * feat: a | @ v1.4.0-rc.1 | * fix: b");

        var decision = await story.DecideAsync(Strategy(BranchingModel.Gitflow));

        Assert.That((decision.Previous, decision.Bump), Is.EqualTo(("1.4.0-rc.1", "prerelease")));
        Assert.That(decision.Commits.Select(commit => commit.Message.Header), Is.EqualTo(new[] { "fix: b" }));
    }

    [Test]
    public async Task On_its_own_commit_a_pre_release_is_nothing_new()
    {
        using var story = new BranchStory().Tell(Begin + "> develop | * feat: a | @ v1.4.0-alpha.1");

        var decision = await story.DecideAsync(Strategy(BranchingModel.Gitflow));

        Assert.That((decision.Nothing, decision.Version), Is.EqualTo((true, "1.4.0-alpha.1")));
    }

    static async Task Row(BranchingModel model, string acts, string version)
    {
        using var story = new BranchStory();
        foreach (var act in (Begin + acts).Split('|').Select(act => act.Trim()))
        {
            if (act.StartsWith("ff ", StringComparison.Ordinal))
            {
                story.Repository.Git("merge", "-q", "--ff-only", act[3..]);
            }
            else
            {
                story.Tell(act);
            }
        }

        var decision = await story.DecideAsync(Strategy(model));

        Assert.That(decision.Version, Is.EqualTo(version));
    }

    static ReleaseStrategy Strategy(BranchingModel model) =>
        new()
        {
            Branching = new BranchingSettings { Model = model },
            Environments = [new EnvironmentSettings("eu-west")],
        };
}
