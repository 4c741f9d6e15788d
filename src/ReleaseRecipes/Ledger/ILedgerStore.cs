namespace ReleaseRecipes.Ledger;

/// <summary>Where events are kept. Appending is a compare-and-swap: of two writers that saw the same head, one wins and the other is told.</summary>
public interface ILedgerStore
{
    /// <summary>Where the ledger ends.</summary>
    Task<LedgerHead> HeadAsync(CancellationToken cancel = default);

    /// <summary>Brings what others appended elsewhere; nothing to do for a store that has no elsewhere.</summary>
    Task FetchAsync(CancellationToken cancel = default) => Task.CompletedTask;

    /// <summary>The events of one release, in their order.</summary>
    Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default);

    /// <summary>Every event, in their order.</summary>
    Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default);

    /// <summary>Appends all of the events or none. False: the ledger does not end at <paramref name="expected"/> any more.</summary>
    Task<bool> TryAppendAsync(LedgerHead expected, IReadOnlyList<LedgerEvent> events, LedgerHead next, CancellationToken cancel = default);
}
