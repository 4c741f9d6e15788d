using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Flow;

/// <summary>A lease that renews itself while something long goes on: gates, a build, the watching of a rollout.</summary>
public sealed class KeptLease : IAsyncDisposable
{
    // Twice in the time that half a lease takes: one missed turn does not lose it.
    static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    readonly CancellationTokenSource stop = new();
    readonly Task keeping;

    KeptLease(Lease lease, TimeProvider clock)
    {
        Lease = lease;
        keeping = KeepAsync(clock);
    }

    /// <summary>The lease.</summary>
    public Lease Lease { get; }

    /// <summary>Takes the lease of an environment, or of releasing.</summary>
    /// <exception cref="ReleaseException">Somebody else holds it.</exception>
    public static async Task<KeptLease> TakeAsync(
        ReleaseSession release,
        string environment,
        string version,
        bool takeOver,
        CancellationToken cancel
    ) => new(await release.Leases.TakeAsync(environment, version, takeOver, cancel), release.Clock);

    /// <summary>Ends the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        stop.Cancel();
        await keeping;
        await Lease.DisposeAsync();
        stop.Dispose();
    }

    async Task KeepAsync(TimeProvider clock)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pace, clock, stop.Token);
                await Lease.KeepAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended.
        }
        catch (ReleaseException)
        {
            // Lost, or the ledger cannot be written: the next effect under it finds out, and stops with the reason.
        }
    }
}
