using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Adds the events of leases to the state of the ledger.</summary>
static class LeaseFold
{
    public static LedgerState Taken(LedgerState state, LedgerEvent fact)
    {
        if (Fence(fact) is not { } fence || fence < state.Fence && Held(state, fact)?.Fence != fence)
        {
            return state;
        }

        var since = Held(state, fact) is { } held && held.Fence == fence ? held.Since : fact.At;
        var lease = new LeaseRecord(LedgerFold.Text(fact, "owner") ?? fact.Actor, fence, since, Expires(fact));
        return Set(state with { Fence = Math.Max(state.Fence, fence) }, fact, lease);
    }

    public static LedgerState Released(LedgerState state, LedgerEvent fact) =>
        Held(state, fact) is { } held && held.Fence == Fence(fact) ? Set(state, fact, null) : state;

    static LeaseRecord? Held(LedgerState state, LedgerEvent fact) =>
        LedgerFold.Text(fact, "environment") is { } name ? Leases.Held(state, name) : null;

    static LedgerState Set(LedgerState state, LedgerEvent fact, LeaseRecord? lease) =>
        LedgerFold.Text(fact, "environment") == Leases.Releasing
            ? state with
            {
                Lease = lease,
            }
            : LedgerFold.With(state, fact, place => place with { Lease = lease });

    static long? Fence(LedgerEvent fact) => fact.Data["fence"] is JsonValue value && value.TryGetValue<long>(out var fence) ? fence : null;

    static DateTimeOffset Expires(LedgerEvent fact)
    {
        try
        {
            return EventHash.Time(LedgerFold.Text(fact, "expires") ?? "");
        }
        catch (FormatException)
        {
            return fact.At;
        }
    }
}
