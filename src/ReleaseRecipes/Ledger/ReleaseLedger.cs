using System.Text.Json.Nodes;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Ledger;

/// <summary>The append-only record of releases: what every step writes its facts to and reads earlier facts from.</summary>
/// <param name="store">Where the events are kept.</param>
/// <param name="clock">Where the time comes from.</param>
/// <param name="actor">Who runs the command.</param>
/// <param name="secrets">What must not get into the record.</param>
public sealed class ReleaseLedger(ILedgerStore store, TimeProvider clock, string actor, Secrets secrets)
{
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
    /// An empty answer appends nothing.
    /// </summary>
    public async Task<IReadOnlyList<LedgerEvent>> AppendAsync(
        Func<LedgerHead, IReadOnlyList<NewEvent>> decide,
        CancellationToken cancel = default
    )
    {
        while (true)
        {
            var head = await store.HeadAsync(cancel);
            var (events, next) = Chain(head, decide(head));
            if (events.Count == 0 || await store.TryAppendAsync(head, events, next, cancel))
            {
                return events;
            }
        }
    }

    (List<LedgerEvent> Events, LedgerHead Next) Chain(LedgerHead head, IReadOnlyList<NewEvent> news)
    {
        var events = new List<LedgerEvent>();
        foreach (var fact in news)
        {
            var unhashed = new LedgerEvent
            {
                Sequence = head.Count + 1,
                Release = fact.Release,
                Kind = fact.Kind,
                At = clock.GetUtcNow(),
                Actor = actor,
                Data = (JsonObject)JsonNode.Parse(secrets.Mask(fact.Data.ToJsonString()))!,
                Previous = head.Hash,
                Hash = "",
            };
            var chained = unhashed with { Hash = EventHash.Of(unhashed) };
            events.Add(chained);
            head = new LedgerHead(chained.Sequence, chained.Hash, LedgerFold.Apply(head.State, chained));
        }

        return (events, head);
    }
}
