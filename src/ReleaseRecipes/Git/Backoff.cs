namespace ReleaseRecipes.Git;

/// <summary>Waits between attempts: twice as long each time, with jitter, so that several that failed together do not try again together.</summary>
/// <param name="clock">What waiting is measured by.</param>
/// <param name="dice">Where the jitter comes from; a shared one where null.</param>
public sealed class Backoff(TimeProvider clock, Random? dice = null)
{
    /// <summary>How often something is tried that may pass by itself.</summary>
    public const int Attempts = 5;

    readonly Random dice = dice ?? Random.Shared;

    /// <summary>Between 50 and 150 ms, doubled with every attempt after the first.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancel) => PauseAsync(dice.Next(50, 150) << attempt, cancel);

    /// <summary>A moment, after another process was first.</summary>
    public Task YieldAsync(int lost, CancellationToken cancel) => PauseAsync(dice.Next(Math.Min(10 * lost, 200) + 1), cancel);

    Task PauseAsync(int milliseconds, CancellationToken cancel) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, cancel);
}
