using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Ledger;

namespace ReleaseRecipes.Tests.Approvals;

public sealed class ApprovalBookTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ApprovalSubject Subject = new("1.0.0", "c1", "d1", "p1", "production");
    readonly ApprovalSettings one = new() { Required = true };
    readonly List<LedgerEvent> events = [];

    public ApprovalBookTests() => Add(new NewEvent("1.0.0", EventKinds.Planned, []), "Ada <ada@example.com>");

    [Test]
    public void Where_nobody_must_approve_nothing_is_missing() =>
        Assert.That(ApprovalBook.Of(events, new ApprovalSettings(), Subject, Noon).Satisfied, Is.True);

    [Test]
    public void Without_an_approval_one_is_missing()
    {
        var standing = Standing(one with { Approvers = ["bob", "carol"] });

        Assert.That((standing.Satisfied, standing.Missing), Is.EqualTo((false, "1 more approval, by bob or carol")));
    }

    [Test]
    public void An_approval_of_exactly_this_counts()
    {
        Approve("Bob <bob@example.com>");

        Assert.That(Standing(one), Has.Property("Satisfied").True.And.Property("Missing").Null);
    }

    static IEnumerable<ApprovalSubject> Others =>
        [Subject with { Commit = "c2" }, Subject with { Digest = "d2" }, Subject with { Plan = "p2" }, Subject with { Version = "1.0.1" }];

    [TestCaseSource(nameof(Others))]
    public void An_approval_of_anything_else_does_not(ApprovalSubject other)
    {
        Approve("Bob <bob@example.com>", other);

        var standing = Standing(one);

        Assert.That(standing.Satisfied, Is.False);
        Assert.That(standing.Problems.Single(), Does.StartWith("The approval of Bob <bob@example.com> does not count: it was for another"));
    }

    [Test]
    public void An_approval_of_another_environment_is_not_even_mentioned()
    {
        Approve("Bob", Subject with { Environment = "staging" });

        Assert.That(Standing(one), Has.Property("Satisfied").False.And.Property("Problems").Empty);
    }

    [TestCase("Bob <bob@example.com>", "Bob <bob@example.com>")]
    [TestCase("Bob <bob@example.com>", "Robert <BOB@example.com>")]
    [TestCase("Bob <bob@example.com>", "bob <bob@home.example>")]
    [TestCase("Bob <bob@example.com>", "B. <17+bob@users.noreply.github.com>")]
    public void One_person_under_two_identities_counts_once(string first, string second)
    {
        Approve(first);
        Approve(second);

        var standing = Standing(one with { Minimum = 2 });

        Assert.That((standing.Satisfied, standing.Present.Count), Is.EqualTo((false, 1)));
    }

    [Test]
    public void Two_people_are_two()
    {
        Approve("Bob <bob@example.com>");
        Approve("Carol <carol@example.com>");

        Assert.That(Standing(one with { Minimum = 2 }).Satisfied, Is.True);
    }

    [Test]
    public void A_minimum_of_zero_is_still_one() => Assert.That(Standing(one with { Minimum = 0 }).Satisfied, Is.False);

    [TestCase("alice", "Alice Liddell <alice@example.com>", true)]
    [TestCase("alice@example.com", "Alice Liddell <alice@example.com>", true)]
    [TestCase("Alice Liddell", "Alice Liddell <a@example.com>", true)]
    [TestCase("@alice", "A <5+alice@users.noreply.github.com>", true)]
    [TestCase("alice", "Mallory <mallory@example.com>", false)]
    [TestCase("alice", "Malice <malice@example.com>", false)]
    [TestCase("alice", "M <mallory+alice@example.com>", false)]
    public void Only_those_who_may_approve_count(string approver, string who, bool counts)
    {
        Approve(who);

        Assert.That(Standing(one with { Approvers = [approver] }).Satisfied, Is.EqualTo(counts));
    }

    [Test]
    public void Who_started_the_release_may_be_excluded()
    {
        Approve("Ada L. <ada@example.com>");

        var standing = Standing(one with { ExcludeInitiator = true });

        Assert.That(standing.Satisfied, Is.False);
        Assert.That(standing.Problems.Single(), Does.Contain("started the release"));
        Assert.That(Standing(one).Satisfied, Is.True);
    }

    [TestCase(59, true)]
    [TestCase(61, false)]
    public void An_approval_expires(int minutes, bool counts)
    {
        Approve("Bob", at: Noon.AddMinutes(-minutes));

        Assert.That(Standing(one with { Expiry = TimeSpan.FromHours(1) }).Satisfied, Is.EqualTo(counts));
    }

    [Test]
    public void An_approval_from_the_future_does_not_count()
    {
        Approve("Bob", at: Noon.AddHours(1));

        Assert.That(Standing(one).Satisfied, Is.False);
    }

    [Test]
    public void An_approval_that_was_taken_back_does_not_count_until_it_is_given_again()
    {
        Approve("Bob <bob@example.com>");
        Revoke("Bob <bob@example.com>");
        var revoked = Standing(one).Satisfied;
        Approve("Bob <bob@example.com>");

        Assert.That((revoked, Standing(one).Satisfied), Is.EqualTo((false, true)));
    }

    [Test]
    public void Taking_back_one_persons_approval_leaves_the_others()
    {
        Approve("Bob");
        Approve("Carol");
        Revoke("Bob");

        Assert.That(Standing(one with { Minimum = 2 }).Present.Single().Approver, Is.EqualTo("Carol"));
    }

    [Test]
    public void An_unsigned_approval_does_not_count_where_signatures_are_asked_for()
    {
        Approve("Bob");

        Assert.That(Standing(one with { Signed = true }).Problems.Single(), Does.Contain("not signed"));
    }

    [Test]
    public void A_signature_that_nobody_verified_does_not_count()
    {
        Approve("Bob", signature: "s1");

        Assert.That(Standing(one with { Signed = true }).Problems.Single(), Does.Contain("not verified"));
    }

    [Test]
    public void The_signer_is_who_counts_whatever_name_is_claimed()
    {
        Approve("Carol <carol@example.com>", signature: "s1");
        var checks = Checked((2, "mallory@example.com"));

        Assert.That(Standing(one with { Signed = true, Approvers = ["carol"] }, checks).Satisfied, Is.False);
    }

    [Test]
    public void A_signer_who_takes_the_name_of_an_approver_is_still_nobody_but_themselves()
    {
        Approve("carol <mallory@example.com>", signature: "s1");
        var checks = Checked((2, "mallory@example.com"));

        Assert.That(Standing(one with { Signed = true, Approvers = ["carol"] }, checks).Satisfied, Is.False);
    }

    [Test]
    public void Who_started_the_release_on_a_CI_server_is_known_by_the_login_that_it_tells()
    {
        events.Clear();
        Add(new NewEvent("1.0.0", EventKinds.Planned, []), "bob <release@runner.invalid>");
        Approve("Bob <bob@example.com>", signature: "s1");
        var checks = Checked((2, "bob@example.com"));

        var standing = Standing(one with { Signed = true, ExcludeInitiator = true }, checks);

        Assert.That(standing.Problems.Single(), Does.Contain("started the release"));
    }

    [TestCase("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>")]
    [TestCase("release[bot] <release@example.com>")]
    public void A_program_does_not_approve_unless_it_is_named(string bot)
    {
        Approve(bot);

        Assert.That(Standing(one).Problems.Single(), Does.Contain("a program does not approve"));
        Assert.That(Standing(one with { Approvers = [bot.Split(' ')[0]] }).Satisfied, Is.True);
    }

    [TestCase(5, true)]
    [TestCase(6, false)]
    public void Clocks_may_differ_by_five_minutes(int minutes, bool counts)
    {
        Approve("Bob", at: Noon.AddMinutes(minutes));

        Assert.That(Standing(one).Satisfied, Is.EqualTo(counts));
    }

    [Test]
    public void A_revocation_that_nobody_signed_holds_as_well()
    {
        Approve("Bob <bob@example.com>", signature: "s1");
        Revoke("bob@example.com");

        Assert.That(Standing(one with { Signed = true }, Checked((2, "bob@example.com"))).Satisfied, Is.False);
    }

    [Test]
    public void Two_keys_of_one_person_count_once()
    {
        Approve("Bob", signature: "s1");
        Approve("Bob", signature: "s2");
        var checks = Checked((2, "bob@example.com"), (3, "bob@home.example"));

        Assert.That(Standing(one with { Signed = true, Minimum = 2, Approvers = ["bob", "carol"] }, checks).Satisfied, Is.False);
    }

    [Test]
    public void A_signature_counts_once_even_after_it_was_taken_back()
    {
        Approve("Bob <bob@example.com>", signature: "s1");
        Revoke("bob@example.com");
        Approve("Bob <bob@example.com>", signature: "s1");
        var checks = Checked((2, "bob@example.com"), (4, "bob@example.com"));

        var standing = Standing(one with { Signed = true }, checks);

        Assert.That(
            (standing.Satisfied, standing.Problems.Single()),
            Is.EqualTo((false, "The approval of Bob <bob@example.com> does not count: its signature was used before."))
        );
    }

    [Test]
    public void Two_people_with_a_reason_override_the_rules_where_the_strategy_allows_it()
    {
        Approve("Ada <ada@example.com>", via: "override", reason: "outage");
        var rules = one with { Minimum = 3, AllowOverride = true };
        var alone = Standing(rules);
        Approve("Bob <bob@example.com>", via: "override", reason: "outage");

        Assert.That(alone.Satisfied, Is.False);
        Assert.That(Standing(rules), Has.Property("Satisfied").True.And.Property("Overridden").True);
        Assert.That(Standing(rules with { AllowOverride = false }).Satisfied, Is.False);
    }

    [Test]
    public void An_override_without_a_reason_does_not_count()
    {
        Approve("Ada <ada@example.com>", via: "override");
        Approve("Bob <bob@example.com>", via: "override", reason: " ");

        Assert.That(Standing(one with { Minimum = 3, AllowOverride = true }).Satisfied, Is.False);
    }

    [Test]
    public void Equal_plans_have_equal_hashes_however_they_are_written()
    {
        var written = JsonNode.Parse("""{ "version": "1.0.0", "moves": ["install", "shift 100"] }""")!;
        var turned = JsonNode.Parse("""{"moves":["install","shift 100"],"version":"1.0.0"}""")!;

        Assert.That(PlanHash.Of(written), Is.EqualTo(PlanHash.Of(turned)).And.Match("^[0-9a-f]{64}$"));
        Assert.That(PlanHash.Of(written), Is.Not.EqualTo(PlanHash.Of(new JsonObject { ["version"] = "1.0.0" })));
    }

    ApprovalStanding Standing(ApprovalSettings rules, Dictionary<long, SignatureCheck>? checks = null) =>
        ApprovalBook.Of(events, rules, Subject, Noon, checks);

    static Dictionary<long, SignatureCheck> Checked(params (long Sequence, string Signer)[] signers) =>
        signers.ToDictionary(entry => entry.Sequence, entry => new SignatureCheck(entry.Signer, null));

    void Approve(
        string who,
        ApprovalSubject? subject = null,
        DateTimeOffset? at = null,
        string via = "prompt",
        string? signature = null,
        string? reason = null
    )
    {
        var approval = new Approval(who, subject ?? Subject, via, at ?? Noon) { Signature = signature, Reason = reason };
        Add(approval.ToEvent(), who);
    }

    void Revoke(string who) => Add(Ledgers.About("1.0.0", EventKinds.Revoked, "production", ("approver", who)), who);

    void Add(NewEvent news, string actor)
    {
        var head = events is [.., var last] ? new LedgerHead(last.Sequence, last.Hash, LedgerState.Empty) : LedgerHead.Empty;
        events.Add(EventHash.Chain(head, news.Release, news.Kind, Noon, actor, news.Data));
    }
}
