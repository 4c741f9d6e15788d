using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>
/// One whole simulated life of a project, decided by a seed: two releasers on several machines run, fail, are killed and start again while
/// everything goes wrong and developers go on pushing; then one of them in peace.
/// </summary>
public sealed class ReleaseLife : IDisposable
{
    const int StormySteps = 400;
    const int Patience = 20_000;
    const int Tries = 12;

    readonly Scheduler scheduler;
    readonly ReleaseWorld world;
    readonly List<Machine> machines = [];
    readonly List<SimulatedProcess> processes = [];
    readonly bool ownersAreSeen;

    public ReleaseLife(int seed)
    {
        scheduler = new Scheduler(seed);
        world = new ReleaseWorld(scheduler);
        ownersAreSeen = scheduler.Chance(50);
    }

    IReadOnlyList<SimulatedProcess> Live => [.. processes.Where(process => !process.Run.IsCompleted)];

    /// <summary>Lives it, and returns the ledger.</summary>
    /// <exception cref="BrokenInvariantException">Something happened that must never happen.</exception>
    public IReadOnlyList<LedgerEvent> Run()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(scheduler.Context);
        try
        {
            Storm();
            // Now and then it goes on for longer: then there are versions before the last verified one.
            for (var releases = scheduler.Chance(20) ? 3 : 1; releases > 0; releases--)
            {
                Finish();
            }

            return EndOfLife.Check(world, processes);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public void Dispose() => machines.ForEach(machine => machine.Dispose());

    void Storm()
    {
        for (var step = 0; step < StormySteps; step++)
        {
            if (Live.Count < 2 && scheduler.Chance(4))
            {
                Start(AnyMachine(), AnyTarget());
            }

            if (scheduler.Dice.Next(300) == 0 && Live is [var victim, ..])
            {
                scheduler.Kill(victim);
            }

            if (scheduler.Dice.Next(400) == 0)
            {
                world.Commit(scheduler.Chance(50) ? "feat: more" : "fix: less");
            }

            if (scheduler.Dice.Next(300) == 0)
            {
                world.Places.Values.ElementAt(scheduler.Dice.Next(world.Places.Count)).LoseOne(scheduler.Dice);
            }

            world.Outage = scheduler.Dice.Next(world.Outage ? 20 : 150) == 0 ? !world.Outage : world.Outage;
            scheduler.Pass(
                scheduler.Dice.Next(200) == 0
                    ? TimeSpan.FromMinutes(scheduler.Dice.Next(15))
                    : TimeSpan.FromMilliseconds(scheduler.Dice.Next(500))
            );
            scheduler.Step();
        }

        world.Stormy = false;
        scheduler.Until(() => Live.Count == 0, Patience);
        scheduler.Pass(ReleaseWorld.Latest);
    }

    /// <summary>In peace: whoever runs the release again, as often as it says, comes to its end.</summary>
    void Finish()
    {
        world.Commit("fix: the last");
        var wanted = world.Remote.CommitOf("HEAD")!;
        for (var run = 0; run < Tries; run++)
        {
            scheduler.Pass(TimeSpan.FromMinutes(6));
            var machine = AnyMachine();
            FollowAdvice(machine);
            machine.CheckOut(world.Remote);
            Start(machine, "Release");
            scheduler.Until(() => Live.Count == 0, Patience);
            if (processes[^1].Run.IsCompletedSuccessfully && world.State.Newest is { State: "released" } && IsReleased(wanted))
            {
                return;
            }

            switch (processes[^1].Run.Exception?.InnerException)
            {
                case ReleaseException { ExitCode: ExitCodes.RolledBack }:
                    // What was taken back is mended and released anew.
                    world.Commit("fix: what was taken back");
                    break;
                case ReleaseException { ExitCode: ExitCodes.Paused }:
                    Start(AnyMachine(), "Approve");
                    scheduler.Until(() => Live.Count == 0, Patience);
                    break;
            }
        }

        throw new BrokenInvariantException($"it comes to its end: {processes[^1].Run.Exception?.InnerException}");
    }

    string AnyTarget() =>
        scheduler.Dice.Next(100) switch
        {
            < 8 => "Abort",
            < 20 when world.Strategy.Environments.Any(environment => environment.Approvals.Required) => "Approve",
            _ => "Release",
        };

    bool IsReleased(string commit) =>
        world.Remote.Refs.Any(entry =>
            entry.Key.StartsWith("refs/tags/", StringComparison.Ordinal) && world.History.Contains(entry.Value, commit)
        );

    void Start(Machine machine, string target)
    {
        if (scheduler.Chance(50))
        {
            FollowAdvice(machine);
        }

        if (scheduler.Chance(50))
        {
            machine.CheckOut(world.Remote);
        }

        // Clocks are wrong by less than half of a lease.
        var clockError = TimeSpan.FromSeconds(scheduler.Dice.Next(-60, 60));
        var process = new SimulatedProcess($"releaser {processes.Count}", target, clockError, IsGone);
        processes.Add(process);
        machine.User = process;
        process.Run = new Releaser(world, machine, process).RunAsync();
        scheduler.Drain();
    }

    bool IsGone(string owner) => ownersAreSeen && processes.Any(other => other.Name == owner && other.Run.IsCompleted);

    static void FollowAdvice(Machine machine)
    {
        if (machine.Told is { } told && told.Contains("git tag -d ", StringComparison.Ordinal))
        {
            machine.Repository.Refs.Remove($"refs/tags/{told.Split("git tag -d ")[1].Split(' ', ')', '\n', '\r')[0]}");
        }
    }

    Machine AnyMachine()
    {
        var free = machines.Where(machine => machine.User?.Run.IsCompleted != false).ToList();
        if (free.Count == 0 || (machines.Count < 3 && scheduler.Chance(40)))
        {
            machines.Add(new Machine(world.History, world.Remote));
            return machines[^1];
        }

        return free[scheduler.Dice.Next(free.Count)];
    }
}
