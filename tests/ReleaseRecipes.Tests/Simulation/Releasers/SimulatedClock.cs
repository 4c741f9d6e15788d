namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>A process's own clock: the simulated time with an error, and timers that ring in simulated time.</summary>
public sealed class SimulatedClock(Scheduler scheduler, SimulatedProcess process) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => scheduler.Now + process.ClockError;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            scheduler.At(scheduler.Now + dueTime, timer.Ring);
        }

        return timer;
    }

    sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        bool stopped;

        public void Ring()
        {
            if (!stopped)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => stopped = true;

        public ValueTask DisposeAsync()
        {
            stopped = true;
            return ValueTask.CompletedTask;
        }
    }
}
