using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Ledger;

public sealed class LedgerAuditTests : IDisposable
{
    const string Ref = "refs/heads/release-ledger";
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task A_repository_without_a_ledger_is_in_order()
    {
        var report = await AuditAsync();

        Assert.That((report.Ok, report.Events), Is.EqualTo((true, 0L)));
    }

    [Test]
    public async Task A_ledger_with_its_tags_is_in_order()
    {
        await ReleasesAsync(2);

        var report = await AuditAsync();

        Assert.That(report.Problems, Is.Empty);
        Assert.That((report.Ok, report.Events, report.Anchors), Is.EqualTo((true, 6L, 8)));
    }

    [Test]
    public async Task A_tail_that_was_cut_off_is_found_by_the_tag()
    {
        await ReleasesAsync(2);
        repository.Git("update-ref", Ref, $"{Ref}~4");

        var report = await AuditAsync();

        Assert.That(report.Ok, Is.False);
        Assert.That(report.Problems, Has.Some.EqualTo("The tag v1.1.0 knows of 5 events, the ledger has 2: its end was cut off."));
    }

    [Test]
    public async Task A_ledger_that_was_deleted_altogether_is_found_by_the_tags()
    {
        await ReleasesAsync(1);
        repository.Git("update-ref", "-d", Ref);

        var report = await AuditAsync();

        Assert.That(report.Problems, Has.Some.Contain("the ledger has 0: its end was cut off"));
    }

    [Test]
    public async Task A_tail_that_was_written_anew_in_the_same_length_is_found()
    {
        await ReleasesAsync(2);
        repository.Git("update-ref", Ref, $"{Ref}~3");
        using (var store = Ledgers.Store(await repository.OpenAsync()))
        {
            var forger = Ledgers.On(store, "Eve");
            await forger.AppendAsync(_ => [Ledgers.Planned("1.1.0"), Ledgers.Step("1.1.0", "Gates"), Ledgers.Step("1.1.0", "Tag")]);
        }

        var report = await AuditAsync();

        Assert.That(report.Problems, Is.EqualTo(new[] { "The tag v1.1.0 knows another event 5: the ledger was written anew." }));
    }

    [Test]
    public async Task A_rewrite_on_top_of_the_ledgers_own_history_is_found_by_it()
    {
        var git = await repository.OpenAsync();
        using (var store = Ledgers.Store(git))
        {
            await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
        }

        var forged = EventHash.Chain(LedgerHead.Empty, "1.0.0", EventKinds.Failed, DateTimeOffset.UnixEpoch, "Eve", []);
        var head = new LedgerHead(1, forged.Hash, LedgerFold.Of([forged]));
        Replace(
            ("releases/1.0.0/events.jsonl", EventHash.ToLine(forged) + "\n"),
            ("head.json", new StoredHead(null, head, "1.0.0", ["1.0.0"]).ToJson())
        );

        var report = await AuditAsync();

        Assert.That(report.Problems.Single(), Does.Contain("knows another event 1: the ledger was written anew"));
    }

    [Test]
    public async Task A_tag_that_was_moved_is_found()
    {
        await ReleasesAsync(1);
        var message = repository.Git("tag", "-l", "--format=%(contents)", "v1.0.0");
        repository.Commit("feat: evil");
        repository.Git("tag", "-f", "-a", "-m", message, "v1.0.0");

        Assert.That((await AuditAsync()).Problems.Single(), Does.StartWith("The tag v1.0.0 was moved"));
    }

    [Test]
    public async Task A_tag_that_is_gone_is_found()
    {
        await ReleasesAsync(1);
        repository.Git("tag", "-d", "v1.0.0");

        Assert.That((await AuditAsync()).Problems.Single(), Does.StartWith("The tag v1.0.0 of release 1.0.0 is not here"));
    }

    [Test]
    public async Task A_tag_that_somebody_made_by_hand_is_nobodys_problem()
    {
        await ReleasesAsync(1);
        repository.Tag("v0.9.0");
        repository.Git("tag", "light");

        Assert.That((await AuditAsync()).Ok, Is.True);
    }

    [Test]
    public async Task An_approval_of_a_plan_that_never_was_is_found()
    {
        await ReleasesAsync(1);
        var subject = new ApprovalSubject("1.0.0", "c1.0.0", "d", "forged-plan", "production");
        using var store = Ledgers.Store(await repository.OpenAsync());
        await Ledgers.On(store, "Bob").AppendAsync(new Approval("Bob", subject, "prompt", DateTimeOffset.UnixEpoch).ToEvent());

        Assert.That((await AuditAsync()).Problems.Single(), Does.Contain("approved a plan that release 1.0.0 never had"));
    }

    [Test]
    public async Task A_signed_approval_is_verified_and_its_replay_found()
    {
        Needs.Program("ssh-keygen");
        await ReleasesAsync(1);
        using var keys = new TemporaryFolder();
        var key = Signer(keys, "bob");
        repository.Files.Write(".github/allowed_signers", $"bob@example.com {key}\n");
        repository.Commit("chore: signers");
        var git = await repository.OpenAsync();
        using var store = Ledgers.Store(git);
        var ledger = Ledgers.On(store, "Bob <bob@example.com>");
        var based = await BaseBranch.FindAsync(git, new ReleaseStrategy(), KnownNames.BuiltIn, refresh: false);
        using var rules = new RulesInTime(git, based, StrategyFile.DefaultName, KnownNames.BuiltIn);
        var signers = await new RulesInForce(git, based).SignersAsync(new ApprovalSettings());
        var desk = new ApprovalDesk(ledger, new Signatures(git), _ => Task.FromResult(signers));
        await desk.GiveAsync(
            new ApprovalSubject("1.0.0", "c", "d", Plan, "production"),
            new ApprovalSettings { Required = true, Signed = true }
        );
        var good = await new LedgerAudit(git, new LedgerSettings(), rules).VerifyAsync();
        var approval = (await store.ReadAllAsync())[^1];

        await ledger.AppendAsync(new NewEvent(approval.Release, approval.Kind, (JsonObject)approval.Data.DeepClone()));

        var replayed = await new LedgerAudit(git, new LedgerSettings(), rules).VerifyAsync();
        var unknown = await new LedgerAudit(git, new LedgerSettings()).VerifyAsync();
        Assert.That(good.Problems, Is.Empty);
        Assert.That(replayed.Problems.Single(), Does.Contain("replayed"));
        Assert.That(unknown.Problems.Single(), Does.Contain("cannot be verified"));
    }

    [Test]
    public async Task What_the_remote_has_is_held_against_the_ledger_here()
    {
        using var remote = new BareRemote();
        var git = await remote.OpenCloneAsync();
        using (var store = new GitLedgerStore(git, new LedgerSettings(), "origin"))
        {
            await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.0.0"));
            await Ledgers.On(store).AppendAsync(Ledgers.Planned("1.1.0"));
        }

        BareRemote.Run(git.Root, "update-ref", Ref, $"{Ref}~1");
        BareRemote.Run(git.Root, "update-ref", "-d", "refs/release-recipes/ledger/origin");
        BareRemote.Run(git.Root, "update-ref", "-d", "refs/remotes/origin/release-ledger");
        var alone = await new LedgerAudit(git, new LedgerSettings()).VerifyAsync();
        var asked = await new LedgerAudit(git, new LedgerSettings(), remote: "origin").VerifyAsync();

        Assert.That((alone.Ok, asked.Ok), Is.EqualTo((true, false)));
        Assert.That(asked.Problems.Single(), Does.StartWith("The remote 'origin' knows of 2 events"));
    }

    [Test]
    public async Task The_report_says_who_did_what_and_on_whose_approval()
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        var ledger = Ledgers.On(store);
        await ledger.AppendAsync(Ledgers.Planned("1.0.0"));
        var subject = new ApprovalSubject("1.0.0", "c", "d", "p1.0.0", "production");
        await ledger.AppendAsync(new Approval("Bob <bob@example.com>", subject, "prompt", DateTimeOffset.UnixEpoch).ToEvent());
        var admission = new Admission("production", "p1.0.0", 1, ["Bob <bob@example.com>"], Overridden: false, null);
        await ledger.AppendAsync(new NewEvent("1.0.0", EventKinds.Admitted, admission.ToJson()));
        await ledger.AppendAsync(Ledgers.About("1.0.0", EventKinds.Verified, "production"));
        await ledger.AppendAsync(Ledgers.Planned("1.1.0"));

        var text = string.Join('\n', AuditText.Report(await store.ReadAllAsync(), new AuditFilter(Release: "1.0.0")));

        Assert.That(text, Does.Contain("\nRelease 1.0.0: draft, "));
        Assert.That(text, Does.Contain("Ada <ada@example.com>: approved production (prompt, plan p1.0.0)"));
        Assert.That(
            text,
            Does.Match("production: deployed by Ada <ada@example.com> [-0-9]+ [:0-9]+, on the approval of Bob <bob@example.com>")
        );
        Assert.That(text, Does.Not.Contain("1.1.0"));
        Assert.That(
            AuditText.JsonLines(await store.ReadAllAsync()).Select(line => EventHash.FromLine(line).Sequence),
            Is.EqualTo(new[] { 1L, 2L, 3L, 4L, 5L })
        );
        Assert.That(AuditText.Report([], new AuditFilter(To: DateTimeOffset.UnixEpoch)), Is.EqualTo(new[] { "No events." }));
    }

    const string Plan = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    async Task ReleasesAsync(int count)
    {
        var git = await repository.OpenAsync();
        using var store = Ledgers.Store(git);
        var ledger = Ledgers.On(store);
        for (var minor = 0; minor < count; minor++)
        {
            var version = $"1.{minor}.0";
            var commit = repository.Commit($"feat: {minor}");
            await ledger.AppendAsync(new NewEvent(version, EventKinds.Planned, new JsonObject { ["commit"] = commit, ["plan"] = Plan }));
            await new Effects(ledger).OnceAsync(new ReleaseTag(git, version, "v" + version, commit).Effect(Plan, ledger.HeadAsync));
        }
    }

    async Task<AuditReport> AuditAsync() => await new LedgerAudit(await repository.OpenAsync(), new LedgerSettings()).VerifyAsync();

    void Replace(params (string Path, string Content)[] files)
    {
        repository.Git("read-tree", Ref);
        foreach (var (path, content) in files)
        {
            var blob = repository.GitReading(content, "hash-object", "-w", "--stdin");
            repository.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{path}");
        }

        repository.Git("update-ref", Ref, repository.Git("commit-tree", "-m", "forged", "-p", Ref, repository.Git("write-tree")));
    }

    string Signer(TemporaryFolder keys, string who)
    {
        ProgramRunner.RunAsync(new ProgramCall("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys[who])).GetAwaiter().GetResult();
        repository.Git("config", "gpg.format", "ssh");
        repository.Git("config", "user.signingKey", keys[who]);
        return string.Join(' ', File.ReadAllText(keys[who] + ".pub").Split(' ').Take(2));
    }
}
