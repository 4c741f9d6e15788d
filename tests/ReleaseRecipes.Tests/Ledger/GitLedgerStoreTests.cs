using System.Runtime.Versioning;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class GitLedgerStoreTests : IDisposable
{
    const string Ref = "refs/heads/release-ledger";
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task A_ledger_that_nobody_wrote_to_is_empty()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());

        var head = await store.HeadAsync();

        Assert.That((head.Count, head.Hash), Is.EqualTo((0L, LedgerHead.NoHash)));
        Assert.That(await store.ReadAllAsync(), Is.Empty);
        Assert.That(await store.ReadAsync("1.0.0"), Is.Empty);
    }

    [Test]
    public async Task What_one_process_appended_another_one_reads()
    {
        var git = await repository.OpenAsync();
        using var writer = Ledgers.Store(git);
        var written = await Ledgers.On(writer).AppendAsync(_ => [Ledgers.Planned("1.0.0"), Ledgers.Step("1.0.0", "Gates")]);

        using var reader = Ledgers.Store(git);

        Assert.That((await reader.ReadAsync("1.0.0")).Select(EventHash.ToLine), Is.EqualTo(written.Select(EventHash.ToLine)));
        Assert.That((await reader.HeadAsync()).State.Newest, Is.EqualTo(new ReleaseRecord("1.0.0", "ready", "c1.0.0", "p1.0.0")));
    }

    [Test]
    public async Task Every_append_is_one_commit_with_readable_files()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);

        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        await ledger.AppendAsync(Ledgers.Step("1.0.0", "Gates"));

        Assert.That(repository.Git("rev-list", "--count", Ref), Is.EqualTo("2"));
        Assert.That(repository.Git("ls-tree", "-r", "--name-only", Ref), Is.EqualTo("head.json\nreleases/1.0.0/events.jsonl"));
        Assert.That(repository.Git("show", $"{Ref}:releases/1.0.0/events.jsonl").Split('\n'), Has.Length.EqualTo(2));
        Assert.That(repository.Git("log", "-1", "--format=%an <%ae>|%s", Ref), Is.EqualTo("Ada <ada@example.com>|1.0.0: step.done Gates"));
    }

    [Test]
    public async Task Neither_the_work_tree_nor_the_index_nor_the_branch_is_touched()
    {
        repository.Files.Write("file.txt", "x");
        repository.Commit("feat: one");
        repository.Files.Write("file.txt", "changed");
        var before = (repository.Git("status", "--porcelain"), repository.Head, repository.Git("ls-files", "-s"));
        using var store = Ledgers.Store(await repository.OpenAsync());

        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That((repository.Git("status", "--porcelain"), repository.Head, repository.Git("ls-files", "-s")), Is.EqualTo(before));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public async Task No_hook_of_the_repository_runs()
    {
        var hook = repository.Files.Write(".git/hooks/reference-transaction", $"#!/bin/sh\ntouch '{repository.Root}/ran'\nexit 1\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var store = Ledgers.Store(await repository.OpenAsync());

        await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That(File.Exists(repository.Files["ran"]), Is.False);
    }

    [Test]
    public async Task Of_two_writers_that_saw_the_same_end_one_wins_and_the_other_is_told()
    {
        var git = await repository.OpenAsync();
        using var first = Ledgers.Store(git);
        using var second = Ledgers.Store(git);
        var head = await second.HeadAsync();
        await Ledgers.On(first).AppendAsync(Ledgers.Planned("1.0.0"));
        var late = EventHash.Chain(head, "2.0.0", EventKinds.Failed, DateTimeOffset.UnixEpoch, "Bob", []);

        var won = await second.TryAppendAsync(head, [late], new LedgerHead(1, late.Hash, head.State));

        Assert.That(won, Is.False);
        Assert.That((await second.ReadAllAsync()).Single().Release, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task A_lost_race_between_reading_and_writing_shows_in_git_itself()
    {
        var git = await repository.OpenAsync();
        using var store = Ledgers.Store(git);
        using var other = Ledgers.Store(git);
        var ledger = Ledgers.On(store);
        var rounds = 0;

        var events = await ledger.AppendAsync(head =>
        {
            if (rounds++ == 0)
            {
                Ledgers.On(other).AppendAsync(Ledgers.Planned("9.0.0")).GetAwaiter().GetResult();
            }

            return [Ledgers.Planned($"1.0.{head.Count}")];
        });

        Assert.That(events.Single().Release, Is.EqualTo("1.0.1"));
        Assert.That((await store.ReadAllAsync()).Select(fact => fact.Release), Is.EqualTo(new[] { "9.0.0", "1.0.1" }));
    }

    [TestCase("../../etc/passwd")]
    [TestCase("..")]
    [TestCase(".git")]
    [TestCase("")]
    [TestCase("a/b")]
    [TestCase("zzz\";echo${IFS}\"hello\";#")]
    [TestCase("v1.0.0\nM 100644 inline evil\ndata 1\nx\n")]
    [TestCase("-f")]
    [TestCase("1.0.0 \u202E")]
    [TestCase("CON")]
    public async Task A_hostile_version_stays_one_folder_of_its_own(string version)
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));

        await ledger.AppendAsync(Ledgers.Planned(version));

        var paths = repository.Git("ls-tree", "-r", "--name-only", Ref).Split('\n');
        Assert.That(paths, Has.Length.EqualTo(3).And.All.Matches(@"\A(head\.json|releases/[A-Za-z0-9%+_.-]+/events\.jsonl)\z"));
        Assert.That((await store.ReadAsync(version)).Single().Release, Is.EqualTo(version));
        Assert.That(repository.Git("fsck", "--strict"), Is.Empty);
    }

    [Test]
    public async Task A_very_long_version_is_kept_apart_from_another_one_with_the_same_beginning()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        var versions = new[] { new string('1', 4000), new string('1', 4001) };

        foreach (var version in versions)
        {
            await ledger.AppendAsync(Ledgers.Planned(version));
        }

        Assert.That((await store.ReadAsync(versions[1])).Single().Release, Is.EqualTo(versions[1]));
    }

    [TestCase("")]
    [TestCase("Ada")]
    [TestCase("Ada\nLovelace <ada@example.com>")]
    [TestCase("<<>><evil")]
    [TestCase("Ada <ada@example.com> 1 +0000\nfrom 000")]
    public async Task Any_actor_makes_a_valid_commit(string actor)
    {
        using var store = Ledgers.Store(await repository.OpenAsync());

        await Ledgers.On(store, actor).AppendAsync(Ledgers.Planned("1.0.0"));

        Assert.That(repository.Git("fsck", "--strict"), Is.Empty);
        Assert.That((await store.ReadAllAsync()).Single().Actor, Is.EqualTo(actor));
    }

    [Test]
    public async Task Old_releases_move_to_the_archive_and_are_found_and_continued_there()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        for (var patch = 0; patch < 70; patch++)
        {
            await ledger.AppendAsync(Ledgers.Planned($"1.0.{patch}"));
        }

        await ledger.AppendAsync(Ledgers.Step("1.0.0", "Late"));

        var folders = repository.Git("ls-tree", "-d", "--name-only", Ref, "releases/").Split('\n');
        Assert.That(folders, Has.Length.EqualTo(64).And.Not.Contain("releases/1.0.0"));
        Assert.That((await store.ReadAsync("1.0.0")).Select(fact => fact.Sequence), Is.EqualTo(new[] { 1L, 71L }));
        Assert.That((await store.ReadAllAsync()).Select(fact => fact.Sequence), Is.EqualTo(Enumerable.Range(1, 71).Select(i => (long)i)));
    }

    [Test]
    public async Task An_append_can_concern_several_releases_at_once()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());

        await Ledgers.On(store).AppendAsync(_ => [Ledgers.Planned("1.0.0"), Ledgers.Planned("2.0.0"), Ledgers.Step("1.0.0", "Gates")]);

        Assert.That((await store.ReadAsync("1.0.0")).Select(fact => fact.Sequence), Is.EqualTo(new[] { 1L, 3L }));
        Assert.That(repository.Git("rev-list", "--count", Ref), Is.EqualTo("1"));
    }

    [TestCase("refs/heads/../../evil")]
    [TestCase("main")]
    [TestCase("--upload-pack=touch x")]
    [TestCase("refs/heads/a b")]
    [TestCase("refs/heads/x.lock")]
    [TestCase("refs/heads/x\ncommit refs/heads/main")]
    public async Task A_ref_that_is_no_full_ref_is_refused(string name)
    {
        var git = await repository.OpenAsync();

        var problem = Assert.Throws<ReleaseException>(() => _ = new GitLedgerStore(git, new LedgerSettings { Ref = name }))!;

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
    }

    [Test]
    public async Task A_branch_that_is_no_ledger_is_never_written_to()
    {
        repository.Commit("feat: one");
        var before = repository.Head;
        using var store = new GitLedgerStore(await repository.OpenAsync(), new LedgerSettings { Ref = "refs/heads/main" });

        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"))))!;

        Assert.That(problem.What, Does.Contain("refs/heads/main is no ledger"));
        Assert.That(repository.Head, Is.EqualTo(before));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"count\":1}")]
    public async Task A_head_that_does_not_parse_is_a_clear_error(string json)
    {
        var git = await repository.OpenAsync();
        using (var store = Ledgers.Store(git))
        {
            await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
        }

        Rewrite("head.json", _ => json);

        using var reopened = Ledgers.Store(git);
        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => reopened.HeadAsync()))!;
        Assert.That(problem.What, Does.Contain("no ledger that can be trusted"));
    }

    [Test]
    public async Task A_head_that_contradicts_its_events_is_a_clear_error()
    {
        var git = await repository.OpenAsync();
        using (var store = Ledgers.Store(git))
        {
            await Ledgers.On(store).AppendAsync(_ => [Ledgers.Planned("1.0.0"), Ledgers.Step("1.0.0", "Gates")]);
        }

        Rewrite("releases/1.0.0/events.jsonl", text => text[..(text.IndexOf('\n') + 1)]);

        using var reopened = Ledgers.Store(git);
        var problem = (await Assert.ThrowsAsync<ReleaseException>(() => reopened.HeadAsync()))!;
        Assert.That(problem.What, Does.Contain("another end"));
    }

    [Test]
    public async Task The_lock_of_a_killed_git_process_is_cleared()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        var stale = repository.Files.Write($".git/{Ref}.lock", "");
        File.SetLastWriteTimeUtc(stale, DateTime.UtcNow.AddMinutes(-1));

        await ledger.AppendAsync(Ledgers.Planned("1.0.1"));

        Assert.That((await store.HeadAsync()).Count, Is.EqualTo(2));
    }

    [Test]
    public async Task The_lock_of_a_live_git_process_is_waited_for()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        var tip = repository.Git("rev-parse", Ref);
        using var live = (await repository.OpenAsync()).Start("update-ref", "--stdin");
        await live.StandardInput.WriteAsync($"start\nupdate {Ref} {tip} {tip}\nprepare\n");
        await live.StandardInput.FlushAsync();
        Assert.That(await live.StandardOutput.ReadLineAsync(), Is.EqualTo("start: ok"));
        Assert.That(await live.StandardOutput.ReadLineAsync(), Is.EqualTo("prepare: ok"));

        var appending = ledger.AppendAsync(Ledgers.Planned("1.0.1"));
        var first = await Task.WhenAny(appending, Task.Delay(500));
        await live.StandardInput.WriteAsync("commit\n");
        live.StandardInput.Close();
        await live.WaitForExitAsync();

        Assert.That(first, Is.Not.SameAs(appending));
        Assert.That((await appending).Sequence, Is.EqualTo(2));
    }

    void Rewrite(string path, Func<string, string> change)
    {
        var blob = repository.GitReading(change(repository.Git("show", $"{Ref}:{path}") + "\n"), "hash-object", "-w", "--stdin");
        repository.Git("read-tree", Ref);
        repository.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{path}");
        var commit = repository.Git("commit-tree", "-m", "rewritten", "-p", Ref, repository.Git("write-tree"));
        repository.Git("update-ref", Ref, commit);
    }
}
