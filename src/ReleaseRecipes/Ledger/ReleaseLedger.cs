using ReleaseRecipes.Git;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Ledger;

/// <summary>The append-only record of releases: what every step writes its facts to and reads earlier facts from.</summary>
/// <param name="store">Where the events are kept.</param>
/// <param name="clock">Where the time comes from.</param>
/// <param name="actor">Who runs the command.</param>
/// <param name="secrets">What must not get into the record.</param>
/// <param name="backoff">How long to wait after another writer was first; by the clock where null.</param>
public sealed class ReleaseLedger(ILedgerStore store, TimeProvider clock, string actor, Secrets secrets, Backoff? backoff = null)
    : IDisposable
{
    readonly SemaphoreSlim turn = new(1, 1);
    readonly Backoff backoff = backoff ?? new Backoff(clock);

    /// <summary>Where the times of events come from.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Who runs the command.</summary>
    public string Actor => actor;

    /// <summary>A text as it will stand in the record.</summary>
    public string Masked(string text) => secrets.Mask(text);

    /// <summary>Brings what other releasers appended at the remote; nothing to do for a ledger that is kept here alone.</summary>
    public Task FetchAsync(CancellationToken cancel = default) => store.FetchAsync(cancel);

    /// <summary>Where the ledger ends and what it adds up to.</summary>
    public Task<LedgerHead> HeadAsync(CancellationToken cancel = default) => store.HeadAsync(cancel);

    /// <summary>The events of one release.</summary>
    public Task<IReadOnlyList<LedgerEvent>> ReadAsync(string release, CancellationToken cancel = default) =>
        store.ReadAsync(release, cancel);

    /// <summary>Every event.</summary>
    public Task<IReadOnlyList<LedgerEvent>> ReadAllAsync(CancellationToken cancel = default) => store.ReadAllAsync(cancel);

    /// <summary>Appends one event, after whatever others appended meanwhile.</summary>
    public async Task<LedgerEvent> AppendAsync(NewEvent news, CancellationToken cancel = default) =>
        (await AppendAsync(_ => [news], cancel))[0];

    /// <summary>
    /// Appends what <paramref name="decide"/> answers to the ledger as it stands; where another writer was first, it is asked again.
    /// An empty answer appends nothing; an exception of it appends nothing and comes through.
    /// </summary>
    public async Task<IReadOnlyList<LedgerEvent>> AppendAsync(
        Func<LedgerHead, IReadOnlyList<NewEvent>> decide,
        CancellationToken cancel = default
    )
    {
        // Steps that run side by side in one process would only race each other.
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            for (var lost = 0; ; lost++)
            {
                var head = await store.HeadAsync(cancel);
                var (events, next) = Chain(head, decide(head));
                if (events.Count == 0 || await store.TryAppendAsync(head, events, next, cancel))
                {
                    return events;
                }

                await backoff.YieldAsync(lost, cancel);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    (List<LedgerEvent> Events, LedgerHead Next) Chain(LedgerHead head, IReadOnlyList<NewEvent> news)
    {
        var events = new List<LedgerEvent>();
        foreach (var fact in news)
        {
            var chained = EventHash.Chain(head, fact.Release, fact.Kind, clock.GetUtcNow(), actor, secrets.Mask(fact.Data));
            events.Add(chained);
            head = new LedgerHead(chained.Sequence, chained.Hash, LedgerFold.Apply(head.State, chained));
        }

        return (events, head);
    }

    public void Dispose() => turn.Dispose();
}
