using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>One rollout in a world that a seed decides, run again after every death of the process until it ends; then what must hold is checked.</summary>
public sealed class SeededRollout
{
    const int WildRuns = 12;
    const int CalmRuns = 30;
    const string Stray = "0.9.0";
    readonly Random random;
    readonly EnvironmentSettings environment;
    readonly bool first;

    // In a quiet world nothing goes wrong but the candidate, where it is bad: it has to end as that says.
    readonly bool quiet;
    readonly bool dies;
    readonly double badness;
    readonly double blindness;
    bool isToBeAborted;

    public SeededRollout(int seed)
    {
        random = new Random(seed);
        first = random.Next(6) == 0;
        quiet = random.Next(8) == 0;
        badness =
            quiet ? random.Next(2)
            : random.Next(3) == 0 ? random.NextDouble()
            : 0;
        blindness = !quiet && random.Next(3) == 0 ? random.NextDouble() : 0;
        dies = quiet && random.Next(4) == 0;
        isToBeAborted = !quiet && random.Next(8) == 0;
        environment = new EnvironmentSettings("production")
        {
            Type = Pick("canary", "blue_green", "rolling", "recreate"),
            Replicas = random.Next(1, 5),
            MaxSurge = Pick("25%", "1", "0", "100%"),
            MaxUnavailable = Pick("25%", "0", "2"),
            CanaryPercentage = random.Next(2) == 0 ? [10, 25, 50, 100] : [1, 100],
            Measurements = random.Next(1, 4),
            RollbackThreshold = !quiet && random.Next(4) == 0 ? null : "error_rate > 1%",
            RollbackOnNoData = random.Next(2) == 0,
            FailureLimit = quiet ? 0 : random.Next(2),
            InconclusiveLimit = random.Next(2),
            ErrorLimit = random.Next(3),
            KeepPrevious = TimeSpan.FromMinutes(random.Next(2) * 10),
            SmokeTest = random.Next(2) == 0 ? "smoke" : null,
            Confirm = random.Next(4) == 0 ? Pick<string[]>(["traffic"], ["promotion"], ["traffic", "promotion"]) : [],
        };
    }

    /// <summary>What must hold and did not; empty where all is well.</summary>
    public IReadOnlyList<string> Run()
    {
        var smokeFails = !quiet && random.Next(10) == 0;
        using var world = new SimulatedWorld(
            environment,
            first,
            random,
            (_, _, _, _) => Task.FromResult(smokeFails ? "the smoke test failed" : null)
        );
        world.Metrics = new SimulatedMetrics(_ => Measure(world));
        var always = new AlwaysChecks(world);
        if (dies)
        {
            world.Target.DieWithTraffic.Add(SimulatedWorld.New);
        }

        if (random.Next(6) == 0)
        {
            world.Target.With(Stray, 1, 0);
        }

        if (!quiet)
        {
            Disturb(world);
        }

        var result = ToTheEnd(world);
        return
        [
            .. world
                .Target.Violations.Concat(always.Wrong)
                .Concat(EndChecks.Of(world, result))
                .Concat(quiet ? EndChecks.OfQuiet(world, result, badness > 0 || dies) : [])
                .Select(what =>
                    $"{environment.Type}{(first ? " (first)" : "")}{(quiet ? " (quiet)" : "")}: {what}; {string.Join("; ", world.Target.Changes)}"
                ),
        ];
    }

    void Disturb(SimulatedWorld world)
    {
        world.Chaos.FailureRate = random.Next(3) == 0 ? random.NextDouble() * 0.3 : 0;
        world.Chaos.CrashRate = random.Next(2) == 0 ? random.NextDouble() * 0.03 : 0;
        if (random.Next(8) == 0)
        {
            world.Target.Broken.Add(Pick("1.0.0", "2.0.0"));
        }

        if (random.Next(6) == 0)
        {
            // What is verified is down when the rollout begins.
            for (var instance = 0; instance < environment.Replicas; instance++)
            {
                world.Target.Kill(SimulatedWorld.Stable);
            }
        }
    }

    /// <summary>Wild at first; then the world calms down, and the rollout has to come to its end.</summary>
    RolloutResult? ToTheEnd(SimulatedWorld world)
    {
        RolloutResult? result = null;
        for (var run = 0; run < WildRuns + CalmRuns && result is not (RolloutResult.Verified or RolloutResult.RolledBack); run++)
        {
            if (run == WildRuns)
            {
                (world.Chaos.FailureRate, world.Chaos.CrashRate) = (0, 0);
                world.Target.Heal();
            }

            result = RunOnce(world, calm: run >= WildRuns);
        }

        return result;
    }

    RolloutResult? RunOnce(SimulatedWorld world, bool calm)
    {
        try
        {
            var result = world.Run();
            return result is RolloutResult.Paused ? Decide(world, calm) : result;
        }
        catch (CrashException)
        {
            world.Time.Jump(TimeSpan.FromMinutes(random.Next(-30, 120)));
            return Ended(world);
        }
        catch (ReleaseException)
        {
            return Ended(world);
        }
    }

    /// <summary>What a person does about a pause: nothing but run it again, let it go on, or end it.</summary>
    RolloutResult? Decide(SimulatedWorld world, bool calm)
    {
        switch (
            quiet ? 1
            : calm ? 1 + random.Next(2)
            : random.Next(3)
        )
        {
            case 1:
                world.Chaos.Revive();
                world.Time.Run(() => Deployer.LetGoOnAsync(world.Ledger, SimulatedWorld.New, "production", CancellationToken.None));
                return null;
            case 2:
                return world.In(deployer => deployer.AbortAsync(world.Rollout, world.Moves, "not wanted", CancellationToken.None));
            default:
                return null;
        }
    }

    /// <summary>A process that died after its last word has ended the attempt all the same.</summary>
    static RolloutResult? Ended(SimulatedWorld world) =>
        world.Events.LastOrDefault(fact => fact.Kind == EventKinds.RolledBack) is { } ended
            ? new RolloutResult.RolledBack("", ended.Data["restored"]!.GetValue<bool>())
            : null;

    Measurement Measure(SimulatedWorld world)
    {
        if (quiet)
        {
            return SimulatedMetrics.ErrorRate(badness > 0 ? 0.2 : 0.001);
        }

        if (isToBeAborted && random.Next(3) == 0)
        {
            isToBeAborted = false;
            world.AbortFromElsewhere();
        }

        if (random.Next(20) == 0)
        {
            world.Target.Kill(Pick("1.0.0", "2.0.0"));
        }
        else if (random.Next(4) == 0)
        {
            world.Target.Heal();
        }

        return random.NextDouble() < blindness
                ? random.Next(4) switch
                {
                    0 => new Measurement { Problem = "connection refused" },
                    1 => new Measurement { Requests = random.Next(50) },
                    2 => SimulatedMetrics.ErrorRate(double.NaN),
                    _ => new Measurement { Candidate = new Dictionary<string, Quantity>() },
                }
            : random.NextDouble() < badness ? SimulatedMetrics.ErrorRate(0.2)
            : SimulatedMetrics.ErrorRate(0.001);
    }

    T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
