namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>
/// Runs several processes on one thread, one step at a time, in an order that a seed decides. A process is an ordinary async method; every
/// call that leaves it waits here for its turn, and may find that its process was killed meanwhile.
/// </summary>
public sealed class Scheduler(int seed)
{
    readonly List<(SimulatedProcess Process, TaskCompletionSource Turn)> ready = [];
    readonly List<(DateTimeOffset Due, Action Ring)> alarms = [];
    readonly List<Action> deliveries = [];
    readonly PostedWork posted = new();

    /// <summary>Where what is awaited goes on: here, on this thread, and nowhere else.</summary>
    public SynchronizationContext Context => posted;

    public Random Dice { get; } = new(seed);

    /// <summary>The one true time; every process sees it with an error of its own.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool Chance(int percent) => Dice.Next(100) < percent;

    /// <summary>Waits for the process's next turn.</summary>
    public async Task TurnAsync(SimulatedProcess process)
    {
        process.MustLive();
        var turn = new TaskCompletionSource();
        ready.Add((process, turn));
        await turn.Task;
        process.MustLive();
    }

    /// <summary>Something that the world will do at some later step, whatever becomes of who asked for it.</summary>
    public void Later(Action delivery) => deliveries.Add(delivery);

    public void At(DateTimeOffset due, Action ring) => alarms.Add((due, ring));

    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var alarm in alarms.Where(alarm => alarm.Due <= Now).ToList())
        {
            alarms.Remove(alarm);
            alarm.Ring();
            posted.Drain();
        }
    }

    /// <summary>Ends a process where it stands; what it had sent is still under way.</summary>
    public void Kill(SimulatedProcess process)
    {
        process.Kill();
        foreach (var waiting in ready.Where(entry => entry.Process == process).ToList())
        {
            ready.Remove(waiting);
            waiting.Turn.SetException(new KilledException());
            posted.Drain();
        }
    }

    /// <summary>Lets one thing happen. False: nothing can.</summary>
    public bool Step()
    {
        var choices = ready.Count + deliveries.Count;
        if (choices == 0)
        {
            if (alarms.Count == 0)
            {
                return false;
            }

            var next = alarms.Min(alarm => alarm.Due);
            Pass(next > Now ? next - Now : TimeSpan.Zero);
            return true;
        }

        var choice = Dice.Next(choices);
        if (choice < ready.Count)
        {
            var (_, turn) = ready[choice];
            ready.RemoveAt(choice);
            turn.SetResult();
        }
        else
        {
            var delivery = deliveries[choice - ready.Count];
            deliveries.RemoveAt(choice - ready.Count);
            delivery();
        }

        posted.Drain();
        return true;
    }

    /// <summary>Lets things happen until something holds.</summary>
    public void Until(Func<bool> holds, int patience)
    {
        for (var step = 0; !holds(); step++)
        {
            if (step == patience)
            {
                throw new BrokenInvariantException("it comes to its end");
            }

            if (!Step())
            {
                throw new BrokenInvariantException("nobody waits for ever");
            }
        }
    }

    /// <summary>Lets what was begun go on to where it waits.</summary>
    public void Drain() => posted.Drain();
}

/// <summary>Continuations in the order in which they were posted, run by the scheduler's own thread.</summary>
sealed class PostedWork : SynchronizationContext
{
    readonly Queue<(SendOrPostCallback Work, object? State)> queue = [];

    public override void Post(SendOrPostCallback d, object? state) => queue.Enqueue((d, state));

    public void Drain()
    {
        while (queue.TryDequeue(out var next))
        {
            next.Work(next.State);
        }
    }
}

/// <summary>One run of the release command.</summary>
/// <param name="name">Its name, as the owner of leases too.</param>
/// <param name="target">What it was asked to do.</param>
/// <param name="clockError">By how much its clock is wrong.</param>
/// <param name="isGone">Whether it sees that another process does not live any more.</param>
public sealed class SimulatedProcess(string name, string target, TimeSpan clockError, Func<string, bool> isGone)
{
    public string Name => name;

    public string Target => target;

    public TimeSpan ClockError => clockError;

    /// <summary>Whether the remote answered when it was last asked for tags.</summary>
    public bool SawRemote { get; set; }

    /// <summary>Whether an environment answered when one was last looked at.</summary>
    public bool SawPlace { get; set; }

    public bool IsGone(string owner) => owner != name && isGone(owner);

    public bool Killed { get; private set; }

    public Task Run { get; set; } = Task.CompletedTask;

    public void Kill() => Killed = true;

    public void MustLive()
    {
        if (Killed)
        {
            throw new KilledException();
        }
    }
}

/// <summary>What a killed process is unwound with; nothing it does while it unwinds reaches the world.</summary>
public sealed class KilledException : Exception;
