using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Ledger;

[Category("Slow")]
public sealed class LedgerRemoteTests : IDisposable
{
    const string Ref = "refs/heads/release-ledger";
    readonly BareRemote remote = new();
    readonly List<GitLedgerStore> opened = [];

    public void Dispose()
    {
        opened.ForEach(store => store.Dispose());
        remote.Dispose();
    }

    [Test]
    public async Task Every_append_is_at_the_remote_when_it_returns()
    {
        var store = Pushing(await remote.OpenCloneAsync());

        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That(remote.Git("log", "--format=%s", Ref), Is.EqualTo("1.0.0: release.planned"));
    }

    [Test]
    public async Task Nothing_but_the_ledger_is_pushed()
    {
        var git = await remote.OpenCloneAsync();
        BareRemote.Run(git.Root, "tag", "-a", "-m", "stray", "v9.9.9");
        BareRemote.Run(git.Root, "branch", "stray");

        await Ledgers.On(Pushing(git)).AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That(remote.Git("for-each-ref", "--format=%(refname)"), Is.EqualTo($"refs/heads/main\n{Ref}"));
        Assert.That(BareRemote.Run(git.Root, "for-each-ref", "refs/release-recipes/pending"), Is.Empty);
    }

    [Test]
    public async Task Another_machine_goes_on_where_the_first_one_stopped()
    {
        await Ledgers.On(Pushing(await remote.OpenCloneAsync())).AppendAsync(Ledgers.Planned("1.0.0"));
        var second = Pushing(await remote.OpenCloneAsync());

        await second.FetchAsync();

        Assert.That((await second.HeadAsync()).State.Newest!.Version, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_fresh_clone_reads_the_ledger_without_asking_the_remote()
    {
        await Ledgers.On(Pushing(await remote.OpenCloneAsync())).AppendAsync(Ledgers.Planned("1.0.0"));
        var local = Open(await remote.OpenCloneAsync(), null);

        await Ledgers.On(local).AppendAsync(Ledgers.Planned("1.1.0"));

        Assert.That((await local.ReadAllAsync()).Select(fact => fact.Release), Is.EqualTo(new[] { "1.0.0", "1.1.0" }));
        Assert.That(remote.Git("rev-list", "--count", Ref), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_releaser_that_is_behind_decides_again_on_what_the_other_one_wrote()
    {
        var first = Pushing(await remote.OpenCloneAsync());
        var second = Pushing(await remote.OpenCloneAsync());
        await Ledgers.On(second).AppendAsync(Ledgers.Planned("1.0.0"));
        await Ledgers.On(first).AppendAsync(Ledgers.Planned("1.1.0"));
        var seen = new List<long>();

        await Ledgers
            .On(second)
            .AppendAsync(head =>
            {
                seen.Add(head.Count);
                return [Ledgers.Planned("1.2.0")];
            });

        Assert.That(seen, Is.EqualTo(new[] { 1L, 2L }));
        Assert.That((await second.ReadAllAsync()).Select(fact => fact.Release), Is.EqualTo(new[] { "1.0.0", "1.1.0", "1.2.0" }));
    }

    [Test]
    public async Task Events_that_were_recorded_without_pushing_come_along_with_the_first_push()
    {
        var git = await remote.OpenCloneAsync();
        await Ledgers.On(Open(git, null)).AppendAsync(Ledgers.Planned("1.0.0"));

        await Ledgers.On(Pushing(git)).AppendAsync(Ledgers.Planned("1.1.0"));

        Assert.That(remote.Git("rev-list", "--count", Ref), Is.EqualTo("2"));
    }

    [Test]
    public async Task Events_that_were_never_pushed_come_after_those_that_do_not_touch_them()
    {
        var offline = await remote.OpenCloneAsync();
        await Ledgers.On(Open(offline, null)).AppendAsync(_ => [Ledgers.Planned("2.0.0"), Ledgers.Step("2.0.0", "Gates")]);
        await Ledgers.On(Pushing(await remote.OpenCloneAsync())).AppendAsync(Ledgers.Planned("1.0.0"));
        var online = Pushing(offline);

        await online.FetchAsync();

        var all = await online.ReadAllAsync();
        Assert.That(all.Select(fact => (fact.Sequence, fact.Release)), Is.EqualTo(new[] { (1L, "1.0.0"), (2L, "2.0.0"), (3L, "2.0.0") }));
        Assert.That(all.Zip(all.Skip(1)), Is.All.Matches<(LedgerEvent One, LedgerEvent Next)>(pair => pair.Next.Previous == pair.One.Hash));
        Assert.That(all.Select(EventHash.Of), Is.EqualTo(all.Select(fact => fact.Hash)));
    }

    [Test]
    public async Task The_same_release_on_both_sides_is_for_a_person_to_decide()
    {
        var offline = await remote.OpenCloneAsync();
        await Ledgers.On(Open(offline, null)).AppendAsync(Ledgers.Planned("1.0.0"));
        await Ledgers.On(Pushing(await remote.OpenCloneAsync())).AppendAsync(Ledgers.Planned("1.0.0"));

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Pushing(offline).FetchAsync()))!;

        Assert.That(problem.What, Does.Contain("both went on with release 1.0.0"));
    }

    [Test]
    public async Task A_remote_whose_ledger_was_rewritten_is_never_adopted()
    {
        var git = await remote.OpenCloneAsync();
        var ledger = Ledgers.On(Pushing(git));
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        await ledger.AppendAsync(Ledgers.Planned("1.1.0"));
        remote.Git("update-ref", Ref, $"{Ref}~1");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Pushing(git).FetchAsync()))!;

        Assert.That(problem.What, Does.Contain("lost events"));
    }

    [Test]
    public async Task A_remote_whose_ledger_was_deleted_is_noticed()
    {
        var git = await remote.OpenCloneAsync();
        await Ledgers.On(Pushing(git)).AppendAsync(Ledgers.Planned("1.0.0"));
        remote.Git("update-ref", "-d", Ref);

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Pushing(git).FetchAsync()))!;

        Assert.That(problem.What, Does.Contain("it is gone"));
    }

    [Test]
    public async Task A_refusing_remote_leaves_the_ledger_here_as_it_was()
    {
        var git = await remote.OpenCloneAsync();
        var store = Pushing(git);
        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
        remote.Hook("pre-receive", "echo 'this branch is protected' >&2; exit 1");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Ledgers.On(store).AppendAsync(Ledgers.Planned("1.1.0"))))!;

        Assert.That(problem.What, Does.Contain("refuses the ledger"));
        Assert.That(problem.Where, Does.Contain("this branch is protected"));
        Assert.That((await store.HeadAsync()).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_push_whose_answer_was_lost_counts_when_the_remote_has_it()
    {
        var git = await remote.OpenCloneAsync();
        var store = Pushing(git);
        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
        // The remote takes the push, and the connection breaks before it says so.
        BareRemote.Run(git.Root, "config", "remote.origin.receivepack", $"sh -c 'git-receive-pack \"$0\"; exit 1'");

        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.1.0"));

        Assert.That(remote.Git("rev-list", "--count", Ref), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_remote_that_is_not_there_is_named_with_what_to_do()
    {
        var git = await remote.OpenCloneAsync();
        BareRemote.Run(git.Root, "remote", "set-url", "origin", "/nowhere/at-all.git");

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Pushing(git).FetchAsync()))!;

        Assert.That(problem.What, Does.Contain("'origin' cannot be reached"));
        Assert.That(problem.Todo, Does.Contain("git ls-remote origin"));
    }

    [Test]
    public async Task Four_clones_that_append_at_once_lose_no_event()
    {
        const int Releasers = 4;
        const int Each = 6;
        var stores = await Task.WhenAll(Enumerable.Range(0, Releasers).Select(async _ => Pushing(await remote.OpenCloneAsync())));

        await Task.WhenAll(
            stores.Select(
                (store, releaser) =>
                    Task.Run(async () =>
                    {
                        var ledger = Ledgers.On(store, $"Releaser {releaser}");
                        for (var round = 0; round < Each; round++)
                        {
                            await ledger.AppendAsync(Ledgers.Planned($"{releaser}.0.{round}"));
                        }
                    })
            )
        );

        var fresh = Pushing(await remote.OpenCloneAsync());
        await fresh.FetchAsync();
        var all = await fresh.ReadAllAsync();
        Assert.That(all.Select(fact => fact.Release).Distinct().Count(), Is.EqualTo(Releasers * Each));
        Assert.That(all.Select(fact => fact.Sequence), Is.EqualTo(Enumerable.Range(1, Releasers * Each).Select(number => (long)number)));
        Assert.That(all.Select(EventHash.Of), Is.EqualTo(all.Select(fact => fact.Hash)));
    }

    [Test]
    public async Task Two_processes_in_one_clone_lose_no_event()
    {
        var git = await remote.OpenCloneAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(releaser =>
                    Task.Run(async () =>
                    {
                        var ledger = Ledgers.On(Pushing(git));
                        for (var round = 0; round < 8; round++)
                        {
                            await ledger.AppendAsync(Ledgers.Planned($"{releaser}.0.{round}"));
                        }
                    })
                )
        );

        var all = await Open(git, null).ReadAllAsync();
        Assert.That(all.Select(fact => fact.Release).Distinct().Count(), Is.EqualTo(16));
        Assert.That(remote.Git("rev-parse", Ref), Is.EqualTo(BareRemote.Run(git.Root, "rev-parse", Ref)));
    }

    GitLedgerStore Pushing(GitRepository git) => Open(git, "origin");

    GitLedgerStore Open(GitRepository git, string? to)
    {
        var store = new GitLedgerStore(git, new LedgerSettings(), to);
        lock (opened)
        {
            opened.Add(store);
        }

        return store;
    }
}
