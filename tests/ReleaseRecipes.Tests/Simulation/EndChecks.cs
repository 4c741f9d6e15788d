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

    /// <summary>Where nothing goes wrong, a good candidate is verified by exactly the moves that were planned, and a bad one is not.</summary>
    public static IEnumerable<string> OfQuiet(SimulatedWorld world, RolloutResult? result, bool bad)
    {
        if (result is RolloutResult.Verified == bad)
        {
            yield return bad ? "a bad candidate was verified" : "a good candidate was not verified";
        }

        var moved = world.Events.Where(fact => fact.Kind == EventKinds.Moved).Select(fact => $"{fact.Data["move"]}").ToList();
        var planned = world.Moves.Select(move => move.Description).ToList();
        if (!planned.Take(moved.Count).SequenceEqual(moved) || (!bad && moved.Count < planned.Count))
        {
            yield return $"performed {string.Join(" | ", moved)}, planned {string.Join(" | ", planned)}";
        }

        if (world.Target.Wanted("0.9.0") > 0)
        {
            yield return "something of an earlier rollout is left";
        }

        if (!bad && world.Target.Wanted(SimulatedWorld.New) != world.Environment.Replicas)
        {
            yield return $"{world.Target.Wanted(SimulatedWorld.New)} instances at the end";
        }
    }

    static IEnumerable<string> Verified(SimulatedWorld world)
    {
        if (world.State.Environments["production"].Verified != SimulatedWorld.New || world.Target.Weight(SimulatedWorld.New) != 100)
        {
            yield return "verified, and does not serve everything";
        }
    }

    static IEnumerable<string> RolledBack(SimulatedWorld world, RolloutResult.RolledBack back)
    {
        if (!back.Restored)
        {
            if (world.State.Environments["production"].State != "failed")
            {
                yield return "not restored, and not said";
            }

            if (world.Rollout.Stable is not null && !world.Moves.OfType<StopStable>().Any() && world.Target.Serving.Count == 0)
            {
                yield return "not restored, and what could serve does not";
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
