using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>One whole simulated life of a project, decided by a seed.</summary>
public static class LedgerSimulation
{
    const int StormySteps = 350;
    const int Patience = 20_000;
    const int Releases = 2;

    /// <summary>Lets two releasers run, fail, be killed and start again while everything goes wrong, then one in peace; returns the ledger.</summary>
    /// <exception cref="BrokenInvariantException">Something happened that must never happen.</exception>
    public static IReadOnlyList<LedgerEvent> Run(int seed)
    {
        var scheduler = new Scheduler(seed);
        var world = new SharedWorld(scheduler);
        var sameMachine = scheduler.Chance(50);
        var most = scheduler.Chance(30) ? 1 : 2;
        world.Alone = most == 1;
        var processes = new List<SimulatedProcess>();
        for (var step = 0; step < StormySteps; step++)
        {
            if (Live(processes).Count < most && scheduler.Chance(8))
            {
                Start(world, processes, sameMachine);
            }

            if (scheduler.Chance(1) && Live(processes) is [var victim, ..])
            {
                scheduler.Kill(victim);
            }

            scheduler.Pass(
                scheduler.Chance(1) ? TimeSpan.FromMinutes(scheduler.Dice.Next(15)) : TimeSpan.FromSeconds(scheduler.Dice.Next(3))
            );
            scheduler.Step();
        }

        world.Stormy = false;
        Finish(world, processes, sameMachine);
        processes.ForEach(Demand);
        SharedWorld.Must(world.Head.State.LastReleased?.Version == $"1.{Releases - 1}.0", "everything is released in the end");
        SharedWorld.Must(world.Tags.Count == Releases, "every release has its tag");
        foreach (var (name, place) in world.Places)
        {
            var recorded = world.Head.State.Environments[name];
            SharedWorld.Must(place.Stable == $"1.{Releases - 1}.0" && place.Candidate is null, $"{name} runs the last release");
            SharedWorld.Must(recorded.Verified == place.Stable && recorded.State == "idle", $"the ledger says what runs in {name}");
        }

        return world.Events;
    }

    static void Finish(SharedWorld world, List<SimulatedProcess> processes, bool sameMachine)
    {
        for (var step = 0; step < Patience; step++)
        {
            var live = Live(processes);
            if (live.Count == 0)
            {
                if (processes[^1].Run.IsCompletedSuccessfully)
                {
                    return;
                }

                world.Scheduler.Pass(TimeSpan.FromMinutes(11));
                Start(world, processes, sameMachine);
            }

            if (!world.Scheduler.Step() && live.Count > 0)
            {
                throw new BrokenInvariantException("nobody waits for ever");
            }
        }

        throw new BrokenInvariantException("it comes to its end");
    }

    static void Start(SharedWorld world, List<SimulatedProcess> processes, bool sameMachine)
    {
        var error = TimeSpan.FromSeconds(world.Scheduler.Dice.Next(-120, 120));
        var process = new SimulatedProcess($"releaser {processes.Count}", error);
        processes.Add(process);
        bool IsGone(string owner) =>
            sameMachine && processes.Any(other => other.Name == owner && other.Run.IsCompleted && other != process);
        process.Run = new ReleaseProgram(world, process, IsGone, Releases).RunAsync();
    }

    static List<SimulatedProcess> Live(List<SimulatedProcess> processes) => [.. processes.Where(process => !process.Run.IsCompleted)];

    /// <summary>A process may fail for a reason that a user would see, or be killed; everything else is a defect.</summary>
    static void Demand(SimulatedProcess process)
    {
        if (process.Run.Exception?.InnerException is { } problem and not (ReleaseException or KilledException or TimeoutException))
        {
            throw new BrokenInvariantException($"{process.Name} fails only in ways it knows: {problem}");
        }
    }
}
