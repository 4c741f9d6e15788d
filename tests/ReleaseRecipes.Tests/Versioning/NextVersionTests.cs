using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class NextVersionTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task The_first_release_is_the_initial_version()
    {
        repository.Commit("feat: begin");

        var decision = await Decide();

        Assert.That((decision.Version, decision.Tag, decision.Previous), Is.EqualTo(("0.1.0", "v0.1.0", (string?)null)));
    }

    [TestCase("fix: rounding", "1.2.4", "patch")]
    [TestCase("feat(cart): gift cards", "1.3.0", "minor")]
    [TestCase("feat(cart)!: gift cards", "2.0.0", "major")]
    [TestCase("fix: x\n\nBREAKING CHANGE: the API moved", "2.0.0", "major")]
    public async Task The_commits_since_the_last_release_decide(string message, string version, string bump)
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.2.3");
        var deciding = repository.Commit(message);
        repository.Commit("docs: words");

        var decision = await Decide();

        Assert.That((decision.Version, decision.Bump, decision.Previous), Is.EqualTo((version, bump, "1.2.3")));
        Assert.That(decision.DecidingCommit, Is.EqualTo(deciding));
        Assert.That(decision.Reason, Does.StartWith($"{deciding[..7]} {message.Split('\n')[0]}"));
        Assert.That(decision.Commits.Select(commit => commit.Message.Type).First(), Is.EqualTo("docs"));
    }

    [Test]
    public async Task On_a_released_commit_there_is_nothing_to_release()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.2.3");

        var decision = await Decide();

        Assert.That((decision.Nothing, decision.Version, decision.Tag), Is.EqualTo((true, "1.2.3", "v1.2.3")));
    }

    [Test]
    public async Task Commits_that_change_nothing_for_users_make_no_release()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.2.3");
        repository.Commit("docs: words");
        repository.Commit("whatever");

        var decision = await Decide();

        Assert.That((decision.Nothing, decision.Version), Is.EqualTo((true, "1.2.3")));
        Assert.That(decision.Reason, Does.Contain("1 docs").And.Contain("1 other"));
    }

    [Test]
    public void A_repository_without_a_commit_has_nothing_to_release() =>
        Assert.That(async () => await Decide(), Throws.TypeOf<ReleaseException>().With.Message.Contains("no commit yet"));

    [Test]
    public async Task A_detached_HEAD_is_released_like_the_main_branch_unless_a_branch_is_named()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Commit("feat: more");
        repository.Git("checkout", "-q", "--detach");

        var decision = await Decide(new VersionRequest(Branch: "main"));
        var feature = await Decide(new VersionRequest(Branch: "try/$(id)"));

        Assert.That((decision.Version, feature.Version), Is.EqualTo(("1.1.0", "1.1.0-try---id.1")));
    }

    [Test]
    public async Task A_version_asked_for_is_taken_if_it_comes_after_the_last_release()
    {
        repository.Commit("feat: begin");
        repository.Tag("v1.0.0");
        repository.Commit("fix: it");

        var decision = await Decide(new VersionRequest(ReleaseVersion: "3.0.0"));

        Assert.That((decision.Version, decision.Bump), Is.EqualTo(("3.0.0", "major")));
        Assert.That(async () => await Decide(new VersionRequest(ReleaseVersion: "0.9.0")), Throws.TypeOf<ReleaseException>());
    }

    async Task<VersionDecision> Decide(VersionRequest? request = null, ReleaseStrategy? strategy = null) =>
        await NextVersion.DecideAsync(await repository.OpenAsync(), strategy ?? new ReleaseStrategy(), request ?? new VersionRequest());
}
