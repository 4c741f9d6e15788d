namespace ReleaseRecipes.Ledger;

/// <summary>The right to change an environment, or to make releases: one owner at a time.</summary>
public static class Leases
{
    /// <summary>The name under which the making of releases itself (version, commit, tag) is leased.</summary>
    public const string Releasing = "*";

    /// <summary>Who holds an environment, or <see cref="Releasing"/>, expired or not; null where nobody does.</summary>
    public static LeaseRecord? Held(LedgerState state, string environment) =>
        environment == Releasing ? state.Lease : state.Environments.GetValueOrDefault(environment)?.Lease;
}
