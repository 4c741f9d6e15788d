using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>What must hold in every moment of a rollout: looked at after every change of the target and at every event of the ledger.</summary>
sealed class AlwaysChecks
{
    readonly SimulatedWorld world;
    readonly bool mayServeNothing;
    readonly HashSet<string> begun = [];
    readonly HashSet<int> answered = [];
    readonly HashSet<int> moved = [];
    readonly HashSet<int> condemned = [];
    bool aborted;
    DateTimeOffset? verifiedAt;
    TimeSpan skewThen;

    public AlwaysChecks(SimulatedWorld world)
    {
        this.world = world;
        mayServeNothing = world.Moves.OfType<StopStable>().Any();
        world.Target.AfterChange = Changed;
        world.Recorded = Recorded;
    }

    public List<string> Wrong { get; } = [];

    void Changed(SimulatedTarget target)
    {
        var change = target.Changes[^1];
        // What has no traffic and is neither of the two versions is tidied away, and so is a stable version that was given up.
        Check(
            begun.Count > 0 || change == "retire 0.9.0" || (change == $"retire {SimulatedWorld.Stable}" && IsLost),
            $"'{change}' without an intent in the ledger"
        );
        if (mayServeNothing || world.Rollout.Stable is not { } stable)
        {
            return;
        }

        Check(change != "shift ", "the environment served nothing");
        Check(
            verifiedAt is not null || target.Wanted(stable) > 0 || IsLost,
            "the stable version was stopped before the new one was verified"
        );
        if (change == $"retire {stable}" && verifiedAt is { } at && skewThen == world.Time.Skew && world.Environment.Type == "blue_green")
        {
            Check(world.Time.GetUtcNow() - at >= world.Environment.KeepPrevious, "the version before was not kept as long as it was to be");
        }
    }

    void Recorded(LedgerEvent fact)
    {
        var index = fact.Data["index"]?.GetValue<int>() ?? -1;
        switch (fact.Kind)
        {
            case EventKinds.Intent:
                begun.Add($"{fact.Data["key"]}");
                break;
            case EventKinds.Outcome or EventKinds.Failure:
                begun.Remove($"{fact.Data["key"]}");
                break;
            case EventKinds.Resumed:
                answered.Add(index);
                break;
            case EventKinds.Judged when $"{fact.Data["verdict"]}" is "passed":
                Check($"{fact.Data["metrics"]}".Contains("\"good\"", StringComparison.Ordinal), "passed without a good measurement");
                answered.Add(index);
                break;
            case EventKinds.Judged when $"{fact.Data["verdict"]}" is "breached" or "unhealthy":
                condemned.Add(index);
                break;
            case EventKinds.Paused:
                Check(!condemned.Contains(index), "paused where it had to be taken back");
                break;
            case EventKinds.Aborted:
                aborted = true;
                break;
            case EventKinds.Moved:
                Moved(index);
                break;
            case EventKinds.Verified:
                Verified();
                break;
        }
    }

    void Moved(int index)
    {
        var move = world.Moves[index];
        Check(
            move is not (Watch or Pause) || answered.Contains(index),
            $"'{move.Description}' was passed without evidence or a person's word"
        );
        var standing = Standing.After(world.Rollout, world.Moves.Take(index + 1));
        Check(
            move is not Shift || standing.Weights!.All(weight => world.Target.Weight(weight.Key) == weight.Value) || IsLost,
            $"'{move.Description}' was recorded and is not so"
        );
        moved.Add(index);
    }

    /// <summary>Where the stable version could not be brought up, the candidate gets what was meant for it.</summary>
    bool IsLost =>
        world.Events.Any(fact =>
            fact.Data["stable_lost"]?.GetValue<bool>() == true || fact.Data["intent"]?["stable_lost"]?.GetValue<bool>() == true
        );

    void Verified()
    {
        Check(!aborted, "verified though a person had ended it");
        verifiedAt = world.Time.GetUtcNow();
        skewThen = world.Time.Skew;
        var promotion = world.Moves.TakeWhile(move => move is not Promote).Count();
        Check(
            moved.IsSupersetOf(Enumerable.Range(0, promotion)),
            $"verified after the moves {string.Join(',', moved.Order())} of {promotion}"
        );
        Check(
            world.Moves.Take(promotion).LastOrDefault(move => move is Shift or Scale or Watch) is Watch,
            "nobody watched before the promotion"
        );
        Check(world.Target.Weight(SimulatedWorld.New) == 100, "verified before it served everything");
    }

    void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Wrong.Add(otherwise);
        }
    }
}
