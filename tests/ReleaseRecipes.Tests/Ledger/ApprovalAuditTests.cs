using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>What was done without the approval that the strategy asked for shows, however whole the chain is.</summary>
public sealed class ApprovalAuditTests : IDisposable
{
    const string Version = "1.0.0";
    readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Test]
    public async Task A_deployment_on_the_approval_that_its_strategy_asked_for_is_in_order()
    {
        var subject = await PlannedAsync();
        await AppendAsync("Bob <bob@example.com>", Approved("Bob <bob@example.com>", subject));
        await AppendAsync("Ada", new NewEvent(Version, EventKinds.Admitted, Admitted("Bob <bob@example.com>").ToJson()));
        await AppendAsync("Ada", Ledgers.About(Version, EventKinds.RolloutStarted, "production"));

        Assert.That(await ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_deployment_without_its_approval_is_found()
    {
        await PlannedAsync();
        await AppendAsync("Ada", Ledgers.About(Version, EventKinds.RolloutStarted, "production"));

        Assert.That(
            await ProblemsAsync(),
            Is.EqualTo(
                new[]
                {
                    "Event 3: 1.0.0 went to production without the approval that its strategy asks for: 1 more approval, by bob or carol was missing.",
                }
            )
        );
    }

    [Test]
    public async Task A_deployment_to_a_place_that_asks_for_none_is_nobodys_problem()
    {
        await PlannedAsync();
        await AppendAsync("Ada", Ledgers.About(Version, EventKinds.RolloutStarted, "staging"));

        Assert.That(await ProblemsAsync(), Is.Empty);
    }

    static IEnumerable<ApprovalSubject> Others
    {
        get
        {
            var subject = new ApprovalSubject(Version, "", "d", "p", "production");
            return [subject with { Digest = "another" }, subject with { Plan = "another" }, subject with { Environment = "staging" }];
        }
    }

    [TestCaseSource(nameof(Others))]
    public async Task An_approval_of_something_else_does_not_cover_a_deployment(ApprovalSubject other)
    {
        var subject = await PlannedAsync();
        await AppendAsync("Bob", Approved("Bob", other with { Commit = subject.Commit }));
        await AppendAsync("Ada", Ledgers.About(Version, EventKinds.RolloutStarted, "production"));

        Assert.That(await ProblemsAsync(), Has.Some.Contain("went to production without the approval"));
    }

    [Test]
    public async Task An_approval_after_the_deployment_or_taken_back_before_it_does_not_cover_it()
    {
        var subject = await PlannedAsync();
        await AppendAsync("Bob", Approved("Bob", subject));
        await AppendAsync("Bob", Ledgers.About(Version, EventKinds.Revoked, "production", ("approver", "Bob")));
        await AppendAsync("Ada", Ledgers.About(Version, EventKinds.RolloutStarted, "production"));
        await AppendAsync("Bob", Approved("Bob", subject));

        Assert.That((await ProblemsAsync()).Single(), Does.StartWith("Event 5: 1.0.0 went to production without"));
    }

    [Test]
    public async Task An_admission_that_nothing_stands_behind_is_found()
    {
        await PlannedAsync();
        await AppendAsync("Eve", new NewEvent(Version, EventKinds.Admitted, Admitted("Bob").ToJson()));

        Assert.That((await ProblemsAsync()).Single(), Does.StartWith("Event 3 says that production was approved for 1.0.0, and 1 more"));
    }

    [Test]
    public async Task Without_a_signature_nobody_speaks_for_another()
    {
        var subject = await PlannedAsync();
        await AppendAsync("Eve", Approved("Bob", subject));
        await AppendAsync("Eve", Ledgers.About(Version, EventKinds.Revoked, "production", ("approver", "Carol")));

        Assert.That(
            await ProblemsAsync(),
            Is.EqualTo(
                new[]
                {
                    "Event 3: the approval of Bob was recorded by Eve, and nobody signed it.",
                    "Event 4: the taking back of Carol was recorded by Eve, and nobody signed it.",
                }
            )
        );
    }

    async Task<ApprovalSubject> PlannedAsync()
    {
        repository.Files.Write(
            "release-strategy.yml",
            """
            release_strategy:
              deployment_strategy:
                staging: { type: recreate }
                production: { type: recreate, approval_required: true, approvals: { approvers: [bob, carol] } }
            """
        );
        var commit = repository.Commit("feat: the service");
        await AppendAsync("Ada", new NewEvent(Version, EventKinds.Planned, new JsonObject { ["commit"] = commit, ["plan"] = "p" }));
        var package = new JsonObject
        {
            ["step"] = "Package",
            ["package"] = new JsonObject { ["digest"] = "d" },
        };
        await AppendAsync("Ada", new NewEvent(Version, EventKinds.Step, package));
        return new ApprovalSubject(Version, commit, "d", "p", "production");
    }

    static NewEvent Approved(string who, ApprovalSubject subject) =>
        new Approval(who, subject, "prompt", Ledgers.Clock.GetUtcNow()).ToEvent();

    static Admission Admitted(string who) => new("production", "p", 1, [who], Overridden: false, null);

    async Task AppendAsync(string actor, NewEvent news)
    {
        using var store = Ledgers.Store(await repository.OpenAsync());
        await Ledgers.On(store, actor).AppendAsync(news);
    }

    async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        var git = await repository.OpenAsync();
        var based = await BaseBranch.FindAsync(git, new ReleaseStrategy(), KnownNames.BuiltIn, refresh: false);
        using var rules = new RulesInTime(git, based, StrategyFile.DefaultName, KnownNames.BuiltIn);
        return (await new LedgerAudit(git, new LedgerSettings(), rules).VerifyAsync()).Problems;
    }
}
