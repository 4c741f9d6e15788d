using ReleaseRecipes.Ledger;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Tagging;

public sealed class TaggingTests : IDisposable
{
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    static Task<LedgerHead> Head(CancellationToken cancel) => Task.FromResult(new LedgerHead(7, new string('a', 64), LedgerState.Empty));

    [Test]
    public async Task A_tag_carries_version_plan_and_where_the_ledger_ended()
    {
        var commit = repository.Commit("feat: a");

        await new ReleaseTag(await repository.OpenAsync(), "1.0.0", "v1.0.0", commit).Effect("f00", Head).Act(CancellationToken.None);

        var message = TagMessage.Parse(repository.Git("tag", "-l", "--format=%(contents)", "v1.0.0"));
        Assert.That(message, Is.EqualTo(new TagMessage("1.0.0", "f00", 7, new string('a', 64))));
    }

    [Test]
    public async Task An_equal_tag_on_the_same_commit_is_adopted()
    {
        var commit = repository.Commit("feat: a");
        repository.Tag("v1.0.0");

        var outcome = await new ReleaseTag(await repository.OpenAsync(), "1.0.0", "v1.0.0", commit)
            .Effect("f00", Head)
            .Act(CancellationToken.None);

        Assert.That(outcome["commit"]!.GetValue<string>(), Is.EqualTo(commit));
    }

    [Test]
    public async Task A_tag_on_another_commit_is_a_hard_stop()
    {
        repository.Commit("feat: a");
        repository.Tag("v1.0.0");
        var commit = repository.Commit("feat: b");
        var effect = new ReleaseTag(await repository.OpenAsync(), "1.0.0", "v1.0.0", commit).Effect("f00", Head);

        await Assert.ThrowsAsync<ReleaseException>(() => effect.Act(CancellationToken.None));
        await Assert.ThrowsAsync<ReleaseException>(() => effect.Probe(CancellationToken.None));
    }

    [Test]
    public async Task A_release_commit_holds_its_files_and_nothing_else()
    {
        repository.Files.Write("version.txt", "1");
        repository.Files.Write("other.txt", "1");
        var parent = repository.Commit("feat: a");
        repository.Files.Write("version.txt", "2");
        repository.Files.Write("other.txt", "2");
        repository.Git("add", "other.txt");

        var effect = new StampCommit(await repository.OpenAsync(), "1.0.0", ["v1.0.0"], parent).Effect(["version.txt"]);
        await effect.Act(CancellationToken.None);

        Assert.That(repository.Git("show", "--name-only", "--format=%s", "HEAD"), Is.EqualTo("chore(release): v1.0.0\n\nversion.txt"));
        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Present));
    }

    [Test]
    public async Task A_push_brings_the_tag_and_the_branch_and_no_other_ref()
    {
        using var remote = new TemporaryFolder();
        repository.Git("init", "-q", "--bare", remote.Path);
        repository.Git("remote", "add", "origin", remote.Path);
        var commit = repository.Commit("feat: a");
        repository.Tag("v1.0.0");
        repository.Tag("private");
        var effect = new ReleasePush(await repository.OpenAsync(), "origin", "1.0.0", ["v1.0.0"], "main", commit).Effect();

        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Absent));
        await effect.Act(CancellationToken.None);

        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Present));
        Assert.That(
            repository.Git("ls-remote", "--refs", "origin").Split('\n').Select(line => line.Split('\t')[1]),
            Is.EquivalentTo(new[] { "refs/heads/main", "refs/tags/v1.0.0" })
        );
    }

    [Test]
    public async Task A_remote_that_cannot_be_reached_is_unknown_and_never_absent()
    {
        repository.Git("remote", "add", "origin", repository.Files["nowhere"]);
        var commit = repository.Commit("feat: a");

        var seen = await new ReleasePush(await repository.OpenAsync(), "origin", "1.0.0", ["v1.0.0"], null, commit)
            .Effect()
            .Probe(CancellationToken.None);

        Assert.That(seen.Presence, Is.EqualTo(Presence.Unknown));
    }

    [Test]
    public async Task A_push_that_is_not_fast_forward_leaves_neither_tag_nor_branch()
    {
        using var remote = new TemporaryFolder();
        repository.Git("init", "-q", "--bare", remote.Path);
        repository.Git("remote", "add", "origin", remote.Path);
        var first = repository.Commit("feat: a");
        repository.Commit("feat: somebody else's");
        repository.Git("push", "-q", "origin", "HEAD:refs/heads/main");
        repository.Git("reset", "-q", "--hard", first);
        var commit = repository.Commit("feat: ours");
        repository.Tag("v1.0.0");

        var problem = await Assert.ThrowsAsync<ReleaseException>(async () =>
            await new ReleasePush(await repository.OpenAsync(), "origin", "1.0.0", ["v1.0.0"], "main", commit)
                .Effect()
                .Act(CancellationToken.None)
        );

        Assert.That(problem!.Todo, Does.Contain("git pull"));
        Assert.That(repository.Git("ls-remote", "--tags", "origin"), Is.Empty);
    }
}
