namespace ReleaseRecipes.Tests.Notifications;

/// <summary>A clock on which waits before a retry are over at once, and the patience with a server never ends, or the other way round.</summary>
sealed class PassingTime(bool patienceEnds = false) : TimeProvider
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    readonly List<TimeSpan> waits = [];

    /// <summary>The waits before retries.</summary>
    public IReadOnlyList<TimeSpan> Waits => waits;

    public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isWait = dueTime < Patience && dueTime >= TimeSpan.Zero;
        if (isWait)
        {
            waits.Add(dueTime);
        }

        return System.CreateTimer(callback, state, isWait != patienceEnds ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
