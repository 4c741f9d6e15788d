using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>A ledger in memory, before and after every access of which the process may die.</summary>
public sealed class CrashingStore(ILedgerStore store, Chaos chaos) : ILedgerStore
{
    /// <summary>Told of what was just appended, while the world still stands as it was.</summary>
    public Action<IReadOnlyList<LedgerEvent>>? Appended { get; set; }

    public Task<LedgerHead> HeadAsync(CancellationToken cancel = default)
    {
        chaos.MayDie();
        return store.HeadAsync(cancel);
    }

    public Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default)
    {
        chaos.MayDie();
        return store.ReadAsync(release, cancel);
    }

    public Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default) => store.ReadAllAsync(cancel);

    public async Task<bool> TryAppendAsync(
        LedgerHead expected,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel = default
    )
    {
        chaos.MayDie();
        var appended = await store.TryAppendAsync(expected, events, next, cancel);
        if (appended)
        {
            Appended?.Invoke(events);
        }

        chaos.MayDie();
        return appended;
    }
}
