using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>What must hold when a rollout has come to its end.</summary>
static class EndChecks
{
    public static IEnumerable<string> Of(SimulatedWorld world, RolloutResult? result) =>
        (
            result switch
            {
                RolloutResult.Verified => Verified(world),
                RolloutResult.RolledBack back => RolledBack(world, back),
                _ => ["it came to no end"],
            }
        ).Concat(Moves(world));

    static IEnumerable<string> Verified(SimulatedWorld world)
    {
        if (world.State.Environments["production"].Verified != SimulatedWorld.New || world.Target.Weight(SimulatedWorld.New) != 100)
        {
            yield return "verified, and does not serve everything";
        }

        var passed = world.Events.Count(fact => fact.Kind == EventKinds.Judged && $"{fact.Data["verdict"]}" is "passed" or "let_go_on");
        var letGo = world.Events.Count(fact => fact.Kind == EventKinds.Resumed);
        if (passed + letGo < world.Moves.OfType<Watch>().Count())
        {
            yield return "verified without evidence";
        }
    }

    static IEnumerable<string> RolledBack(SimulatedWorld world, RolloutResult.RolledBack back)
    {
        if (!back.Restored)
        {
            if (
                !world.Output.Contains("IS NOT BACK", StringComparison.Ordinal)
                && !world.Events.Any(fact => fact.Kind == EventKinds.RolledBack)
            )
            {
                yield return "not restored, and not said";
            }
        }
        else if (world.Rollout.Stable is not { } stable)
        {
            if (world.Target.Serving.Count > 0)
            {
                yield return "back to nothing, and something serves";
            }
        }
        else if (world.Target.Weight(stable) != 100 || world.Target.Weight(SimulatedWorld.New) > 0)
        {
            yield return "restored, and the old version does not serve everything";
        }
    }

    static IEnumerable<string> Moves(SimulatedWorld world)
    {
        var moves = world.Events.Where(fact => fact.Kind == EventKinds.Moved).Select(fact => fact.Data["index"]!.GetValue<int>()).ToList();
        if (moves.Distinct().Count() != moves.Count || !moves.Order().SequenceEqual(moves))
        {
            yield return $"moves {string.Join(',', moves)}";
        }
    }
}
