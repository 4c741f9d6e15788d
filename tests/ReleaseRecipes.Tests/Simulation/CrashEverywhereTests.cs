using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>The process dies at the first step of a rollout, at the second, at the third, … and is run again: always the same end.</summary>
[Category("Slow")]
public sealed class CrashEverywhereTests
{
    static IEnumerable<TestCaseData> Rollouts =>
        from strategy in new[] { "canary", "blue_green", "rolling", "recreate" }
        from bad in new[] { false, true }
        from first in new[] { false, true }
        select new TestCaseData(strategy, bad, first);

    [TestCaseSource(nameof(Rollouts))]
    public void Killed_anywhere_and_run_again_it_comes_to_the_same_end(string strategy, bool bad, bool first)
    {
        var (undisturbed, steps) = End(strategy, bad, first, crashAt: 0);

        var ends = Enumerable
            .Range(1, steps)
            .Select(step => (step, End(strategy, bad, first, step).End))
            .Where(end => end.End != undisturbed);

        Assert.That(steps, Is.GreaterThan(20));
        Assert.That(ends, Is.Empty, $"undisturbed: {undisturbed}");
    }

    static (string End, int Steps) End(string strategy, bool bad, bool first, int crashAt)
    {
        var environment = new EnvironmentSettings("production")
        {
            Type = strategy,
            RollbackThreshold = "error_rate > 1%",
            Replicas = 3,
            SmokeTest = "smoke",
            KeepPrevious = TimeSpan.FromHours(1),
        };
        using var world = new SimulatedWorld(environment, first)
        {
            Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(bad ? 0.5 : 0)),
        };
        var steps = world.Chaos.Steps;
        world.Chaos.CrashAt = crashAt == 0 ? 0 : steps + crashAt;
        RolloutResult result;
        try
        {
            result = world.Run();
        }
        catch (CrashException)
        {
            result = Again(world);
        }

        var moved = world
            .Events.Where(fact => fact.Kind == EventKinds.Moved)
            .GroupBy(fact => $"{fact.Data["attempt"]}/{fact.Data["index"]}")
            .Where(group => group.Count() > 1);
        var place = world.State.Environments["production"];
        var end =
            $"{result.GetType().Name} serving {string.Join(',', world.Target.Serving)} verified {place.Verified} {place.State}; "
            + $"changes {string.Join("; ", world.Target.Changes)}; wrong {string.Join("; ", world.Target.Violations)}; twice {string.Join(',', moved.Select(group => group.Key))}";
        return (end, world.Chaos.Steps - steps);
    }

    /// <summary>Dead after the last word was written, a process leaves an attempt that has ended: running it again would be another one.</summary>
    static RolloutResult Again(SimulatedWorld world) =>
        world.Events.LastOrDefault(fact => fact.Kind == EventKinds.RolledBack) is { } ended
            ? new RolloutResult.RolledBack("", ended.Data["restored"]!.GetValue<bool>())
            : world.Run();
}
