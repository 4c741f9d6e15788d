using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Deployment;

public sealed class DeployerTests
{
    static EnvironmentSettings Canary =>
        new("production")
        {
            Type = "canary",
            RollbackThreshold = "error_rate > 1%",
            Replicas = 2,
        };

    [TestCase(
        "canary",
        "install 2.0.0 2; shift 1.0.0=90 2.0.0=10; shift 1.0.0=75 2.0.0=25; shift 1.0.0=50 2.0.0=50; shift 2.0.0=100; retire 1.0.0"
    )]
    [TestCase("blue_green", "install 2.0.0 2; shift 2.0.0=100; retire 1.0.0")]
    [TestCase(
        "rolling",
        "install 2.0.0 1; shift 1.0.0=50 2.0.0=50; install 1.0.0 1; install 2.0.0 2; shift 1.0.0=33 2.0.0=67; shift 2.0.0=100; retire 1.0.0"
    )]
    [TestCase("recreate", "shift ; retire 1.0.0; install 2.0.0 2; shift 2.0.0=100")]
    public void A_good_candidate_becomes_the_verified_version(string strategy, string changes)
    {
        using var world = new SimulatedWorld(Canary with { Type = strategy });

        var result = world.Run();

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(string.Join("; ", world.Target.Changes), Is.EqualTo(changes));
        Assert.That(world.Target.Violations, Is.Empty);
        Assert.That(world.State.Environments["production"].Verified, Is.EqualTo("2.0.0"));
    }

    [TestCase("canary")]
    [TestCase("blue_green")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public void A_first_deployment_shares_with_nobody(string strategy)
    {
        using var world = new SimulatedWorld(Canary with { Type = strategy }, first: true);

        var result = world.Run();

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(world.Target.Changes, Is.EqualTo(new[] { "install 2.0.0 2", "shift 2.0.0=100" }));
    }

    [TestCase("canary")]
    [TestCase("blue_green")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public void A_bad_candidate_is_taken_back(string strategy)
    {
        using var world = new SimulatedWorld(Canary with { Type = strategy })
        {
            Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.1)),
        };

        var result = world.Run();

        Assert.That(result, Is.EqualTo(new RolloutResult.RolledBack("error_rate 10% > 1%: yes", true) { To = "1.0.0" }));
        Assert.That(world.Target.Weight("1.0.0"), Is.EqualTo(100));
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "1.0.0" }));
        Assert.That(
            world.State.Environments["production"],
            Has.Property("Verified").EqualTo("1.0.0").And.Property("State").EqualTo("idle")
        );
    }

    [Test]
    public void A_canary_stops_at_its_first_weight()
    {
        using var world = new SimulatedWorld(Canary) { Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.1)) };

        world.Run();

        Assert.That(
            world.Target.Changes,
            Is.EqualTo(new[] { "install 2.0.0 2", "shift 1.0.0=90 2.0.0=10", "shift 1.0.0=100", "retire 2.0.0" })
        );
    }

    [Test]
    public void A_candidate_that_does_not_come_up_never_gets_traffic()
    {
        using var world = new SimulatedWorld(Canary);
        world.Target.Broken.Add("2.0.0");

        var result = world.Run();

        Assert.That(result, Has.Property("Restored").True);
        Assert.That(world.Target.Changes, Is.EqualTo(new[] { "install 2.0.0 2", "retire 2.0.0" }));
    }

    [Test]
    public void A_failed_smoke_test_takes_the_candidate_back_before_it_has_traffic()
    {
        using var world = new SimulatedWorld(Canary with { SmokeTest = "npm run smoke" })
        {
            Smoke = (_, _, _, _) => Task.FromResult<string?>("it failed"),
        };

        var result = world.Run();

        Assert.That(result, Is.EqualTo(new RolloutResult.RolledBack("it failed", true) { To = "1.0.0" }));
        Assert.That(world.Target.Changes, Is.EqualTo(new[] { "install 2.0.0 2", "retire 2.0.0" }));
    }

    [Test]
    public void Without_evidence_a_rollout_pauses_and_a_person_lets_it_go_on()
    {
        using var world = new SimulatedWorld(Canary with { CanaryPercentage = [50, 100] })
        {
            Metrics = SimulatedMetrics.InTurn(
                new Measurement { Requests = 3 },
                new Measurement { Requests = 3 },
                new Measurement { Requests = 3 },
                new Measurement { Requests = 3 },
                new Measurement { Requests = 3 },
                new Measurement { Requests = 3 },
                SimulatedMetrics.ErrorRate(0)
            ),
        };

        var paused = world.Run();
        world.Time.Run(() => Deployer.LetGoOnAsync(world.Ledger, "2.0.0", "production", CancellationToken.None));
        var verified = world.Run();

        Assert.That(
            paused,
            Is.EqualTo(new RolloutResult.Paused("no evidence: 3 requests, 50 needed", "--target=Promote --environment=production"))
        );
        Assert.That(verified, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(world.Target.Changes, Has.Exactly(1).EqualTo("shift 1.0.0=50 2.0.0=50"));
    }

    [Test]
    public void Without_evidence_a_rollout_is_taken_back_where_the_file_says_so()
    {
        using var world = new SimulatedWorld(Canary with { RollbackOnNoData = true })
        {
            Metrics = SimulatedMetrics.Always(new Measurement { Problem = "connection refused" }),
        };

        var result = world.Run();

        Assert.That(result, Is.EqualTo(new RolloutResult.RolledBack("no evidence: connection refused", true) { To = "1.0.0" }));
    }

    [Test]
    public void Without_evidence_a_first_deployment_waits_since_there_is_nothing_to_go_back_to()
    {
        using var world = new SimulatedWorld(Canary with { RollbackOnNoData = true }, first: true)
        {
            Metrics = SimulatedMetrics.Always(new Measurement { Problem = "connection refused" }),
        };

        Assert.That(world.Run(), Is.TypeOf<RolloutResult.Paused>());
    }

    [TestCase("canary")]
    [TestCase("blue_green")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public void The_moves_that_are_performed_are_those_of_the_plan(string strategy)
    {
        using var world = new SimulatedWorld(Canary with { Type = strategy, Replicas = 3, SmokeTest = "npm run smoke" });
        var planned = world.Moves.Select(move => move.Description).ToList();

        world.Run();

        var performed = world.Events.Where(fact => fact.Kind == EventKinds.Moved).Select(fact => $"{fact.Data["move"]}");
        Assert.That(performed, Is.EqualTo(planned));
        Assert.That(planned.Where(move => move.Contains("point of no return", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
        Assert.That(
            planned
                .Index()
                .Select(move => $"    {move.Index + 1}/{planned.Count}  {move.Item}")
                .Where(line => !world.Output.Contains(line, StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void A_move_that_a_person_is_to_confirm_waits_for_Promote_and_for_nothing_else()
    {
        using var world = new SimulatedWorld(Canary with { CanaryPercentage = [50, 100], Confirm = ["traffic", "promotion"] });

        var ends = new List<RolloutResult>();
        do
        {
            ends.Add(world.Run());
            // Run again, it waits on.
            ends.Add(world.Run());
        } while (
            ends[^1] is RolloutResult.Paused
            && world.Time.Run(() => Deployer.LetGoOnAsync(world.Ledger, "2.0.0", "production", CancellationToken.None))
        );

        Assert.That(
            ends.OfType<RolloutResult.Paused>().Select(pause => pause.Reason),
            Is.EqualTo(
                new[]
                {
                    "before: send 50% of the traffic to the candidate",
                    "before: send 50% of the traffic to the candidate",
                    "before: send 100% of the traffic to the candidate",
                    "before: send 100% of the traffic to the candidate",
                    "before: promote the candidate, the point of no return: it is the verified version now",
                    "before: promote the candidate, the point of no return: it is the verified version now",
                }
            )
        );
        Assert.That(ends[^1], Is.TypeOf<RolloutResult.Verified>());
        Assert.That(world.Events.Count(fact => fact.Kind == EventKinds.Paused), Is.EqualTo(3));
        Assert.That(
            world.Target.Changes,
            Is.EqualTo(new[] { "install 2.0.0 2", "shift 1.0.0=50 2.0.0=50", "shift 2.0.0=100", "retire 1.0.0" })
        );
    }

    [Test]
    public void A_stable_version_that_does_not_come_up_is_said_loudly_and_what_serves_goes_on()
    {
        using var world = new SimulatedWorld(Canary with { Type = "recreate" })
        {
            Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.1)),
        };
        world.Target.Broken.Add("1.0.0");

        var result = world.Run();

        Assert.That(result, Has.Property("Restored").False);
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "2.0.0" }));
        Assert.That(world.Output, Does.Contain("production IS NOT BACK"));
        Assert.That(world.State.Environments["production"].State, Is.EqualTo("failed"));
    }

    [Test]
    public void Past_a_failed_environment_the_next_version_still_gets_out()
    {
        using var world = new SimulatedWorld(Canary);
        world.Target.Broken.Add("1.0.0");
        world.Target.Kill("1.0.0");
        world.Target.Kill("1.0.0");

        var result = world.Run();

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "2.0.0" }));
        Assert.That(world.Output, Does.Contain("1.0.0 does not come up"));
    }

    [Test]
    public void Instances_that_die_end_a_watch_early()
    {
        using var world = new SimulatedWorld(Canary with { Interval = TimeSpan.FromHours(1) });
        world.Metrics = new SimulatedMetrics(_ => SimulatedMetrics.ErrorRate(0));
        world.Target.AfterChange = target =>
        {
            if (target.Weight("2.0.0") == 25)
            {
                target.Kill("2.0.0");
            }
        };

        var result = world.Run();

        Assert.That(result, Has.Property("Reason").EqualTo("only 1 of 2 instances of the candidate are healthy"));
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "1.0.0" }));
    }

    [Test]
    public void A_rollback_by_hand_goes_to_the_version_verified_before()
    {
        using var world = new SimulatedWorld(Canary);
        world.Run();

        var back = world.In(deployer =>
            deployer.RollbackAsync(Canary, new ApplicationSettings(), null, "it is slow", CancellationToken.None)
        );

        Assert.That(back, Is.EqualTo(new RolloutResult.RolledBack("it is slow", true) { To = "1.0.0" }));
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "1.0.0" }));
        Assert.That(world.State.Environments["production"], Has.Property("Verified").EqualTo("1.0.0").And.Property("Digest").EqualTo("d1"));
    }

    [Test]
    public void A_rollback_by_hand_never_goes_to_a_version_that_was_not_verified_there()
    {
        using var world = new SimulatedWorld(Canary);
        world.Run();

        Task<RolloutResult.RolledBack> Back(Deployer deployer) =>
            deployer.RollbackAsync(Canary, new ApplicationSettings(), "0.9.0", "", CancellationToken.None);

        Assert.That(
            () => world.In(Back),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("0.9.0 was never verified in production")
        );
    }

    [Test]
    public void Aborting_takes_a_paused_rollout_back()
    {
        using var world = new SimulatedWorld(Canary) { Metrics = SimulatedMetrics.Always(new Measurement { Requests = 0 }) };
        world.Run();

        var back = world.In(deployer => deployer.AbortAsync(world.Rollout, world.Moves, "no longer wanted", CancellationToken.None));

        Assert.That(back, Is.EqualTo(new RolloutResult.RolledBack("no longer wanted", true) { To = "1.0.0" }));
        Assert.That(world.Target.Serving, Is.EqualTo(new[] { "1.0.0" }));
    }

    [Test]
    public void The_baseline_of_a_version_without_traffic_is_what_was_measured_before()
    {
        using var world = new SimulatedWorld(
            Canary with
            {
                Type = "blue_green",
                RollbackThreshold = "error_rate > baseline.error_rate * 2",
            }
        );
        var begun = world.Time.GetUtcNow();
        world.Metrics = new SimulatedMetrics(window =>
            window.To > begun + TimeSpan.FromSeconds(30)
                ? SimulatedMetrics.ErrorRate(0.01) with
                {
                    Baseline = new Dictionary<string, Quantity>(),
                }
                : SimulatedMetrics.ErrorRate(0, baseline: 0.02)
        );

        var result = world.Run();

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>());
    }

    [Test]
    public void What_is_verified_is_not_done_again()
    {
        using var world = new SimulatedWorld(Canary);
        world.Run();
        var changes = world.Target.Changes.Count;
        var events = world.Events.Count;

        var again = world.Run();

        Assert.That(again, Is.TypeOf<RolloutResult.Verified>());
        Assert.That(world.Target.Changes, Has.Count.EqualTo(changes));
        Assert.That(world.Events, Has.Count.EqualTo(events));
    }

    [Test]
    public void A_plan_that_changed_under_a_rollout_stops_it()
    {
        using var world = new SimulatedWorld(Canary) { Metrics = SimulatedMetrics.Always(new Measurement()) };
        world.Run();

        Task<RolloutResult> Other(Deployer deployer) => deployer.RunAsync(world.Rollout, [new Install(1)], CancellationToken.None);

        Assert.That(() => world.In(Other), Throws.TypeOf<ReleaseException>().With.Message.Contains("other moves"));
    }

    [Test]
    public void Every_change_of_the_target_stands_between_its_intent_and_its_outcome()
    {
        using var world = new SimulatedWorld(Canary);

        world.Run();

        var keys = world.Events.Where(fact => fact.Kind is EventKinds.Intent or EventKinds.Outcome).Select(fact => $"{fact.Data["key"]}");
        Assert.That(keys.Chunk(2).Select(pair => pair.Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(
            keys.Distinct(),
            Is.EqualTo(new[] { "production/0", "production/1", "production/3", "production/5", "production/7", "production/10" })
        );
    }
}
