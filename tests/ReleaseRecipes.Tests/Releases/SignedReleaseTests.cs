using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Releases;

/// <summary>Approvals of several people on several machines, by the real program with real keys.</summary>
[Category("Slow")]
public sealed class SignedReleaseTests
{
    [SetUp]
    public void Needed() => Needs.Program("ssh-keygen");

    [Test]
    public async Task Two_people_approve_with_their_keys_on_their_machines_and_the_release_goes_on()
    {
        using var service = new ApprovedService();

        var paused = await service.ReleaseAsync();
        var alice = await service.Person("alice").ApproveAsync();
        var again = await service.ReleaseAsync();
        var bob = await service.Person("bob").ApproveAsync();
        var released = await service.ReleaseAsync();
        var audit = await service.Person("auditor").RunAsync("--target=Audit", "--output=report.txt");

        Expect(paused, ExitCodes.Paused, "Each approver runs:  ./build.sh --target=Approve --environment=production --push");
        Expect(alice, ExitCodes.Done, "1 more approval, by bob or carol missing");
        Expect(again, ExitCodes.Paused, "waits for 1 more approval, by bob or carol");
        Expect(bob, ExitCodes.Done, "complete");
        Expect(released, ExitCodes.Done, "approved by alice <alice@example.com>");
        Expect(audit, ExitCodes.Done, "on the approval of alice <alice@example.com> and bob <bob@example.com>");
        Assert.That(File.ReadAllText(service.Deployed), Is.EqualTo("0.1.0\n"));
    }

    [Test]
    public async Task An_approval_that_was_taken_back_holds_the_release_until_it_is_given_again()
    {
        using var service = new ApprovedService();
        await service.ReleaseAsync();
        var (alice, bob) = (service.Person("alice"), service.Person("bob"));
        await alice.ApproveAsync();
        await bob.ApproveAsync();

        var revoked = await alice.ApproveAsync("--revoke", "--reason=found a leak");
        var held = await service.ReleaseAsync();
        await alice.ApproveAsync();
        var released = await service.ReleaseAsync();
        var audit = await service.Lead.RunAsync("--target=Audit", "--json=-");

        Expect(revoked, ExitCodes.Done, "1 more approval, by alice or carol missing");
        Expect(held, ExitCodes.Paused, "waits for 1 more approval");
        Expect(released, ExitCodes.Done, "Released 0.1.0");
        Assert.That(JsonNode.Parse(audit.Output)!["problems"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task After_another_commit_and_another_artefact_the_approval_is_asked_for_again()
    {
        using var service = new ApprovedService("approvers: [alice], via: signed");
        await service.ReleaseAsync();
        await service.Person("alice").ApproveAsync();
        service.Lead.Write("app/run", "two\n");
        service.Lead.Commit("fix: another artefact on another commit");

        var changed = await service.ReleaseAsync();

        Expect(changed, ExitCodes.Paused, "0.1.1 waits for 1 more approval, by alice");
        Assert.That(File.Exists(service.Deployed), Is.False);
    }

    [Test]
    public async Task A_release_branch_can_neither_add_its_own_approver_nor_switch_the_approval_off()
    {
        using var service = new ApprovedService("approvers: [alice], via: signed");
        var mallory = service.Person("mallory");
        using var keys = new TemporaryFolder();
        mallory.Git("config", "user.signingKey", keys["mallory"]);
        mallory.Git("checkout", "-q", "-b", "hotfix/1");
        mallory.Write(".github/allowed_signers", $"alice@example.com {Releaser.NewKey(keys, "mallory")}\n");
        mallory.Write("release-strategy.yml", service.Strategy("approvers: [mallory, alice], via: prompt"));
        mallory.Commit("fix: nothing to see");

        var own = await mallory.RunAsync("--target=Release", "--push", "--approve=production");
        var forged = await mallory.ApproveAsync();
        mallory.Write(
            "release-strategy.yml",
            service
                .Strategy("via: prompt")
                .Replace("approval_required: true", "approval_required: false", StringComparison.Ordinal)
                .Replace("approvals: { via: prompt }", "", StringComparison.Ordinal)
        );
        mallory.Commit("fix: still nothing");
        var without = await mallory.RunAsync("--target=Release", "--push");
        mallory.Write(
            "release-strategy.yml",
            service.Strategy("via: prompt").Replace("    production:", "    live:", StringComparison.Ordinal)
        );
        mallory.Commit("fix: by another name");
        var renamed = await mallory.RunAsync("--target=Release", "--push", "--approve=live");

        Expect(own, ExitCodes.Paused, "waits for 1 more approval, by alice");
        Expect(forged, ExitCodes.Failed, "not among the allowed signers (.github/allowed_signers on origin/main)");
        Expect(without, ExitCodes.Paused, "waits for 1 more approval, by alice");
        Expect(renamed, ExitCodes.WrongInput, "origin/main knows no environment 'live'");
        Assert.That(File.Exists(service.Deployed), Is.False);
    }

    [Test]
    public async Task Who_leaves_the_allowed_signers_does_not_count_any_more_and_the_record_of_the_past_stays_good()
    {
        using var service = new ApprovedService("approvers: [alice, bob], via: signed");
        await service.ReleaseAsync();
        await service.Person("alice").ApproveAsync();
        await service.ReleaseAsync();
        service.Lead.Write("app/run", "two\n");
        service.Lead.Commit("fix: two");
        await service.ReleaseAsync();
        await service.Person("alice").ApproveAsync();

        var main = service.Person("admin");
        main.Git("rm", "-q", ".github/allowed_signers");
        main.Git("commit", "-q", "-m", "chore: alice has left");
        main.Git("push", "-q", "origin", "HEAD:main");
        var held = await service.ReleaseAsync();
        var audit = await service.Lead.RunAsync("--target=Audit", "--json=-");

        Expect(held, ExitCodes.Paused, "not among the allowed signers");
        Assert.That(JsonNode.Parse(audit.Output)!["ok"]!.GetValue<bool>(), Is.True, audit.Output);
        Assert.That(File.ReadAllText(service.Deployed), Is.EqualTo("0.1.0\n"));
    }

    [Test]
    public async Task Two_people_override_the_rules_with_reasons_that_show_everywhere()
    {
        using var service = new ApprovedService("minimum: 3, approvers: [alice, bob, carol], via: signed, allow_override: true");
        await service.ReleaseAsync();

        var bare = await service.Person("alice").ApproveAsync("--override");
        var first = await service.Person("alice").ApproveAsync("--override", "--reason=shop is down");
        var alone = await service.ReleaseAsync();
        var twice = await service.Person("alice").ApproveAsync("--override", "--reason=still down");
        var second = await service.Person("bob").ApproveAsync("--override", "--reason=confirmed, shop is down");
        var released = await service.ReleaseAsync();
        var status = await service.Lead.RunAsync("--target=Status");
        var audit = await service.Lead.RunAsync("--target=Audit");

        Expect(bare, ExitCodes.WrongInput, "--override needs a reason");
        Expect(first, ExitCodes.Done, "or a second person who overrides the rules");
        Expect(alone, ExitCodes.Paused, "or a second person who overrides the rules");
        Expect(twice, ExitCodes.Done, "or a second person");
        Expect(second, ExitCodes.Done, "complete");
        Expect(released, ExitCodes.Done, "overriding the rules: confirmed, shop is down");
        Expect(status, ExitCodes.Done, "on an override by alice <alice@example.com> and bob <bob@example.com>: shop is down; confirmed");
        Expect(audit, ExitCodes.Done, "rules overridden 1 time");
        var notes = File.ReadAllText(Path.Combine(service.Lead.Folder, "releases", "0.1.0", "RELEASE_NOTES.md"));
        Assert.That(notes, Does.Contain("| production | alice").And.Contain("**overridden**: shop is down; confirmed, shop is down"));
        var candidate = File.ReadAllText(Path.Combine(service.Lead.Folder, "releases", "0.1.0", "release-candidate.json"));
        Assert.That(JsonNode.Parse(candidate)!["approvals"]![0]!["overridden"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task Without_permission_an_override_is_refused_with_what_to_do()
    {
        using var service = new ApprovedService("minimum: 2, approvers: [alice, bob, carol], via: signed");
        await service.ReleaseAsync();

        var refused = await service.Person("alice").ApproveAsync("--override", "--reason=in a hurry");

        Expect(refused, ExitCodes.WrongInput, "the strategy allows no override");
        Assert.That(refused.Output, Does.Contain("May approve: alice, bob, carol").And.Contain("allow_override: true"));
    }

    [Test]
    public async Task Who_started_the_release_does_not_count_where_the_rules_exclude_them()
    {
        using var service = new ApprovedService("approvers: [alice, bob], via: signed, exclude_initiator: true");
        var alice = service.Person("alice");
        await alice.RunAsync("--target=Release", "--push");

        var own = await alice.ApproveAsync();
        var again = await alice.RunAsync("--target=Release", "--push", "--approve=production");
        var bob = await service.Person("bob").ApproveAsync();

        Expect(own, ExitCodes.Failed, "who started the release may not approve it");
        Expect(again, ExitCodes.Paused, "who started the release may not approve it");
        Expect(bob, ExitCodes.Done, "complete");
    }

    static void Expect(ProgramResult result, int exitCode, string says)
    {
        var all = result.Output + result.Error;
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), all);
        Assert.That(all, Does.Contain(says));
    }
}
