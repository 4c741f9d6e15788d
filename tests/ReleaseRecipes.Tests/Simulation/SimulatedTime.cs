namespace ReleaseRecipes.Tests.Simulation;

/// <summary>
/// A clock and a thread for one simulation: everything awaited runs here, one after the other, and when nothing is left to run, time jumps to
/// the next timer. The same seed therefore always takes the same way.
/// </summary>
public sealed class SimulatedTime : TimeProvider
{
    readonly Queue<(SendOrPostCallback Call, object? State)> ready = new();
    readonly PriorityQueue<Timer, (DateTimeOffset Due, long Order)> timers = new();
    long order;
    DateTimeOffset now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>How wrong the clock is.</summary>
    public TimeSpan Skew { get; private set; }

    public override DateTimeOffset GetUtcNow() => now + Skew;

    /// <summary>Sets the clock wrong, as a machine's clock may be after a restart.</summary>
    public void Jump(TimeSpan by) => Skew += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs to the end, and returns what came of it.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        T result = default!;
        Run(async () =>
        {
            result = await work();
        });
        return result;
    }

    /// <summary>Runs to the end; throws what it threw.</summary>
    public void Run(Func<Task> work)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Turns(ready));
        try
        {
            var task = work();
            while (!task.IsCompleted)
            {
                Step();
            }

            ready.Clear();
            timers.Clear();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    void Step()
    {
        if (ready.TryDequeue(out var next))
        {
            next.Call(next.State);
        }
        else if (timers.TryDequeue(out var timer, out var due))
        {
            now = due.Due > now ? due.Due : now;
            timer.Fire(due.Order);
        }
        else
        {
            throw new InvalidOperationException(
                "Nothing is left to run, and the work is not done: it waits for something outside the simulation."
            );
        }
    }

    sealed class Turns(Queue<(SendOrPostCallback, object?)> ready) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }

    sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        long current;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            current = ++time.order;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.timers.Enqueue(this, (time.now + dueTime, current));
            }

            return true;
        }

        public void Fire(long of)
        {
            if (of == current)
            {
                callback(state);
            }
        }

        public void Dispose() => current = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
