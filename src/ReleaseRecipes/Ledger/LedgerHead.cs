namespace ReleaseRecipes.Ledger;

/// <summary>Where the ledger ends, and what all its events add up to.</summary>
/// <param name="Count">How many events there are.</param>
/// <param name="Hash">The hash of the last one; 64 zeros in an empty ledger.</param>
/// <param name="State">The fold of all events.</param>
public sealed record LedgerHead(long Count, string Hash, LedgerState State)
{
    /// <summary>The hash before the first event.</summary>
    public static string NoHash { get; } = new('0', 64);

    /// <summary>The end of an empty ledger.</summary>
    public static LedgerHead Empty { get; } = new(0, NoHash, LedgerState.Empty);
}
