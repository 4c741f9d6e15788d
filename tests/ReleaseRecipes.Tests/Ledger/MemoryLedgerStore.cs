using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tests.Ledger;

/// <summary>A ledger that lives as long as the test, with the same compare-and-swap as the one in git.</summary>
public sealed class MemoryLedgerStore : ILedgerStore
{
    readonly Lock turn = new();
    readonly List<LedgerEvent> kept = [];
    LedgerHead head = LedgerHead.Empty;

    public IReadOnlyList<LedgerEvent> Events
    {
        get
        {
            lock (turn)
            {
                return [.. kept];
            }
        }
    }

    public Task<LedgerHead> HeadAsync(CancellationToken cancel = default) => Task.FromResult(head);

    public Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<LedgerEvent>>([.. Events.Where(fact => fact.Release == release)]);

    public Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default) => Task.FromResult(Events);

    public Task<bool> TryAppendAsync(
        LedgerHead expected,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead next,
        CancellationToken cancel = default
    )
    {
        lock (turn)
        {
            if (expected.Hash != head.Hash)
            {
                return Task.FromResult(false);
            }

            kept.AddRange(events);
            head = next;
            return Task.FromResult(true);
        }
    }
}
