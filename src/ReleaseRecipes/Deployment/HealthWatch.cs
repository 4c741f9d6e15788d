namespace ReleaseRecipes.Deployment;

/// <summary>
/// Looks at a candidate's instances until a point in time. It is unhealthy when it has traffic and no healthy instance at one look, or
/// fewer than it is to have at three looks in a row. A look that fails says nothing, until <see cref="BlindLimit"/> of them in a row.
/// </summary>
sealed class HealthWatch(ITarget target, Rollout rollout, TimeProvider clock)
{
    const int ShortLimit = 3;
    const int BlindLimit = 10;
    static readonly TimeSpan Step = TimeSpan.FromSeconds(2);
    int inARow;
    int blindInARow;

    /// <summary>Null when the time is over; else why the candidate is not healthy.</summary>
    public async Task<string?> UntilAsync(DateTimeOffset end, CancellationToken cancel)
    {
        while (true)
        {
            var left = end - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left < Step ? left : Step, clock, cancel);
            }

            if (await LookAsync(cancel) is { } unhealthy)
            {
                return unhealthy;
            }

            if (clock.GetUtcNow() >= end)
            {
                return null;
            }
        }
    }

    async Task<string?> LookAsync(CancellationToken cancel)
    {
        RunningVersion running;
        try
        {
            running = (await target.ReadAsync(cancel)).Of(rollout.Candidate.Version);
            blindInARow = 0;
        }
        catch (ReleaseException problem)
        {
            return ++blindInARow >= BlindLimit ? $"the target does not say how the candidate is: {problem.What}" : null;
        }

        inARow = running.Healthy < running.Instances ? inARow + 1 : 0;
        return running.Healthy == 0 ? "the candidate has no healthy instance"
            : inARow >= ShortLimit ? $"only {running.Healthy} of {running.Instances} instances of the candidate are healthy"
            : null;
    }
}
