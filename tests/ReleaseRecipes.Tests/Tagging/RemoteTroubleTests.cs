using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Tests.Ledger;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Tagging;

/// <summary>What a remote may do to the push of a release: each time a cause, a command, and a state that goes on from there.</summary>
public sealed class RemoteTroubleTests : IDisposable
{
    readonly BareRemote remote = new();
    readonly string clone;

    public RemoteTroubleTests() => clone = remote.Clone();

    public void Dispose() => remote.Dispose();

    // What GitHub prints for a protected branch, through a pre-receive hook.
    const string ProtectedByGitHub = """
        while read old new ref; do
          if [ "$ref" = refs/heads/main ]; then
            echo "error: GH006: Protected branch update failed for refs/heads/main." >&2
            echo "error: Changes must be made through a pull request." >&2
            exit 1
          fi
        done
        """;

    [Test]
    public async Task A_protected_branch_takes_neither_commit_nor_tag_and_says_what_to_do()
    {
        remote.Hook("pre-receive", ProtectedByGitHub);

        var problem = await FailureAsync(await ReleaseAsync(branch: "main"));

        Assert.That(problem.Where, Does.Contain("GH006"));
        Assert.That(problem.Todo, Does.Contain("main or v1.0.0 is protected").And.Contain("keep no changelog file"));
        AssertNothingArrived();
    }

    [Test]
    public async Task A_tag_alone_goes_past_a_protected_branch()
    {
        remote.Hook("pre-receive", ProtectedByGitHub);

        await (await ReleaseAsync(branch: null)).Act(CancellationToken.None);

        Assert.That(remote.Git("for-each-ref", "refs/tags"), Is.Not.Empty);
    }

    [Test]
    public async Task A_hook_that_declines_is_quoted_and_is_asked_once()
    {
        remote.Hook("pre-receive", "echo 'no releases on a Friday' >&2; echo x >> asked; exit 1");

        var problem = await FailureAsync(await ReleaseAsync(branch: "main"));

        Assert.That(problem.Where, Does.Contain("no releases on a Friday"));
        Assert.That(problem.Todo, Does.Contain("A hook or a setting of origin refuses it"));
        Assert.That(File.ReadAllLines(Path.Combine(remote.Path, "asked")), Has.Length.EqualTo(1));
        AssertNothingArrived();
    }

    [Test]
    public async Task A_branch_that_went_on_is_named_with_the_commands_that_plan_the_release_anew()
    {
        var effect = await ReleaseAsync(branch: "main");
        SomebodyPushes();

        var problem = await FailureAsync(effect);

        Assert.That(problem.Todo, Does.Contain("Somebody pushed to main").And.Contain("git tag -d v1.0.0 && git pull --rebase"));
        AssertNothingArrived();
    }

    [Test]
    public async Task The_same_tag_at_the_remote_is_done_and_another_one_is_a_hard_stop()
    {
        var effect = await ReleaseAsync(branch: null);
        BareRemote.Run(clone, "push", "-q", "origin", "v1.0.0");
        await effect.Act(CancellationToken.None);
        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Present));

        // Somebody else's release of the same version, from the commit before.
        remote.Git("tag", "-f", "v1.0.0", "main");

        var problem = await FailureAsync(effect);
        Assert.That(problem.What, Is.EqualTo("The tag v1.0.0 is on another commit at origin."));
        Assert.That(problem.Todo, Does.Contain("never moved").And.Contain("git fetch origin tag v1.0.0"));
    }

    [Test]
    public async Task A_remote_without_atomic_pushes_gets_the_branch_first_and_then_the_tag()
    {
        remote.Git("config", "receive.advertiseAtomic", "false");

        await (await ReleaseAsync(branch: "main")).Act(CancellationToken.None);

        Assert.That(remote.Git("rev-parse", "v1.0.0^{commit}"), Is.EqualTo(remote.Git("rev-parse", "main")));
    }

    [Test]
    public async Task Half_of_a_push_that_is_not_atomic_is_gone_on_from()
    {
        remote.Git("config", "receive.advertiseAtomic", "false");
        remote.Hook("update", "case $1 in refs/tags/*) test -f go-on;; esac");
        var effect = await ReleaseAsync(branch: "main");

        var problem = await FailureAsync(effect);

        Assert.That(problem.What, Does.Contain("its tag is not there"));
        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Absent));
        File.WriteAllText(Path.Combine(remote.Path, "go-on"), "");
        await effect.Act(CancellationToken.None);
        Assert.That((await effect.Probe(CancellationToken.None)).Presence, Is.EqualTo(Presence.Present));
    }

    [Test]
    public async Task A_connection_that_breaks_after_the_remote_took_it_is_no_failure()
    {
        // Everything was stored and the refs moved; then the other side dies before it can say so.
        remote.Hook("post-receive", "kill -9 $PPID");
        using var ledger = Ledgers.On(new MemoryLedgerStore());

        var outcome = await new Effects(ledger).OnceAsync(await ReleaseAsync(branch: "main"));

        Assert.That(outcome["tag"]!.GetValue<string>(), Is.EqualTo("v1.0.0"));
        Assert.That(remote.Git("rev-parse", "v1.0.0^{commit}"), Is.EqualTo(remote.Git("rev-parse", "main")));
    }

    [Test]
    public async Task A_remote_that_is_away_for_a_moment_is_tried_again()
    {
        // Two connections break before anything happened, the third one goes through.
        remote.Hook("pre-receive", "echo x >> tries; test $(wc -l < tries) -ge 3 || kill -9 $PPID");

        await (await ReleaseAsync(branch: "main")).Act(CancellationToken.None);

        Assert.That(File.ReadAllLines(Path.Combine(remote.Path, "tries")), Has.Length.EqualTo(3));
        Assert.That(remote.Git("for-each-ref", "refs/tags"), Is.Not.Empty);
    }

    [Test]
    public async Task Where_nobody_answers_nothing_is_recorded_as_failed()
    {
        var effect = await ReleaseAsync(branch: "main");
        BareRemote.Run(clone, "remote", "set-url", "origin", "git://127.0.0.1:1/nowhere");
        var store = new MemoryLedgerStore();
        using var ledger = Ledgers.On(store);

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => new Effects(ledger).OnceAsync(effect));

        Assert.That(problem!.What, Does.Contain("cannot be known"));
        Assert.That(problem.Todo, Does.Contain("git ls-remote origin").And.Contain("it goes on here"));
        Assert.That(store.Events.Select(fact => fact.Kind), Is.EqualTo(new[] { EventKinds.Intent }));
    }

    [Test]
    public async Task A_remote_that_cannot_store_anything_is_named()
    {
        remote.Hook("pre-receive", "echo 'fatal: write error: No space left on device' >&2; exit 1");

        var problem = await FailureAsync(await ReleaseAsync(branch: "main"));

        Assert.That(problem.Todo, Does.Contain("Make room at origin"));
    }

    async Task<Effect> ReleaseAsync(string? branch)
    {
        BareRemote.Run(clone, "commit", "-q", "--allow-empty", "-m", "chore(release): v1.0.0");
        BareRemote.Run(clone, "tag", "-a", "-m", "Release 1.0.0", "v1.0.0");
        var commit = BareRemote.Run(clone, "rev-parse", "HEAD");
        return new ReleasePush(await GitRepository.OpenAsync(clone), "origin", "1.0.0", ["v1.0.0"], branch, commit).Effect();
    }

    void SomebodyPushes()
    {
        var other = remote.Clone();
        BareRemote.Run(other, "commit", "-q", "--allow-empty", "-m", "feat: meanwhile");
        BareRemote.Run(other, "push", "-q", "origin", "HEAD:main");
    }

    void AssertNothingArrived()
    {
        Assert.That(remote.Git("for-each-ref", "refs/tags"), Is.Empty);
        Assert.That(remote.Git("log", "--format=%s", "main"), Does.Not.Contain("chore(release)"));
    }

    static async Task<ReleaseException> FailureAsync(Effect effect) =>
        (await Assert.ThrowsAsync<ReleaseException>(() => effect.Act(CancellationToken.None)))!;
}
