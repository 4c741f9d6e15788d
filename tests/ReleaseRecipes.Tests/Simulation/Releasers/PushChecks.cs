using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What must hold of every push, at the moment when the remote takes it.</summary>
static class PushChecks
{
    // One minute for each of the two clocks.
    static readonly TimeSpan ClockErrors = TimeSpan.FromMinutes(2);

    /// <summary>A tag is never moved, a branch and the ledger never lose anything.</summary>
    public static void Check(ReleaseWorld world, SimulatedProcess process, string name, string? old, string next)
    {
        ReleaseWorld.Must(old is null || !name.StartsWith("refs/tags/", StringComparison.Ordinal), $"{name} is never moved");
        ReleaseWorld.Must(old is null || world.History.Contains(next, world.History.Peeled(old)), $"{name} loses nothing");
        if (name != ReleaseWorld.LedgerRef)
        {
            return;
        }

        // "0.1.0: effect.failed push", one line an event.
        foreach (
            var words in world.History.Commit(next).Message.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length == 3)
        )
        {
            switch (words[1])
            {
                case EventKinds.Failure:
                    CheckFailure(process, words[2]);
                    break;
                case EventKinds.LeaseTaken:
                    CheckLease(world, process, words[2]);
                    break;
            }
        }
    }

    /// <summary>Only who looked, and saw that it is not there, says that something failed.</summary>
    static void CheckFailure(SimulatedProcess process, string key)
    {
        var saw = Effect.Is(key, "push")
            ? process.SawRemote
            : key.StartsWith("notify/", StringComparison.Ordinal) || !key.Contains('/') || process.SawPlace;
        ReleaseWorld.Must(saw, $"{process.Name} saw that {key} failed");
    }

    /// <summary>A right is taken from one who has it only where its time is over, its owner is gone, or a person wants it.</summary>
    static void CheckLease(ReleaseWorld world, SimulatedProcess process, string right)
    {
        var held = Leases.Held(world.State, right);
        ReleaseWorld.Must(
            held is null
                || held.Owner == process.Name
                || held.Expires <= world.Scheduler.Now + ClockErrors
                || process.Target == "Abort"
                || process.IsGone(held.Owner),
            $"{process.Name} leaves {held?.Owner} the right to '{right}'"
        );
    }
}
