namespace ReleaseRecipes.Ledger;

/// <summary>Adds one event to the state of the ledger. Pure.</summary>
public static class LedgerFold
{
    /// <summary>The state after the event.</summary>
    public static LedgerState Apply(LedgerState state, LedgerEvent fact) =>
        fact.Kind switch
        {
            EventKinds.Planned => state with
            {
                Newest = new ReleaseRecord(fact.Release, "draft", Text(fact, "commit") ?? "", Text(fact, "plan") ?? ""),
            },
            EventKinds.Released when state.Newest is { } newest && newest.Version == fact.Release => state with
            {
                Newest = newest with { State = "released" },
                LastReleased = newest with { State = "released" },
            },
            _ => state,
        };

    static string? Text(LedgerEvent fact, string name) => fact.Data[name]?.GetValue<string>();
}
