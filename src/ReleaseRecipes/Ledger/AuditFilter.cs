namespace ReleaseRecipes.Ledger;

/// <summary>Which part of the record a report is about.</summary>
/// <param name="Release">One release; all where null.</param>
/// <param name="From">The beginning, inclusive; the first event's where null.</param>
/// <param name="To">The end, exclusive; none where null.</param>
public sealed record AuditFilter(string? Release = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Whether an event belongs to it.</summary>
    public bool Includes(LedgerEvent fact) =>
        (Release is null || fact.Release == Release) && (From is null || fact.At >= From) && (To is null || fact.At < To);
}
