namespace ReleaseRecipes.Strategy;

/// <summary>Where the record of all releases is kept.</summary>
public sealed record LedgerSettings
{
    /// <summary>The git ref, full name.</summary>
    public string Ref { get; init; } = "refs/heads/release-ledger";
}
