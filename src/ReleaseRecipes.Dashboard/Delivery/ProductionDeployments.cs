using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Delivery;

/// <summary>One release's way into production.</summary>
/// <param name="Verified">When it was verified there; null where it never was.</param>
/// <param name="Failed">When the failure began for users: with the first traffic of the attempt that was taken back; null where it did not fail.</param>
/// <param name="Recovered">When production served a good version again; null while it does not.</param>
/// <param name="Commits">When the changes in it were committed.</param>
sealed record ProductionDeployment(
    string Version,
    DateTimeOffset? Verified,
    DateTimeOffset? Failed,
    DateTimeOffset? Recovered,
    IReadOnlyList<DateTimeOffset> Commits
);

/// <summary>Finds the deployments to production in the ledger. A rollback is a failed deployment, not a new success.</summary>
static class ProductionDeployments
{
    public static IReadOnlyList<ProductionDeployment> Of(
        IReadOnlyList<LedgerEvent> events,
        string? production,
        IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> commits
    )
    {
        var there = events.Where(fact => production is not null && fact.Text("environment") == production).ToList();
        return
        [
            .. there
                .Where(fact => fact.Kind is EventKinds.Verified or EventKinds.RolledBack)
                .Select(Version)
                .Distinct()
                .Select(version => Deployment(version, there, commits.GetValueOrDefault(version) ?? [])),
        ];
    }

    static ProductionDeployment Deployment(string version, List<LedgerEvent> there, IReadOnlyList<DateTimeOffset> commits)
    {
        var verified = there.FirstOrDefault(fact => fact.Kind == EventKinds.Verified && fact.Release == version);
        var taken = there.FindIndex(fact => fact.Kind == EventKinds.RolledBack && Version(fact) == version);
        return new ProductionDeployment(
            version,
            verified?.At,
            taken < 0 ? null : Began(there.Take(taken), version) ?? there[taken].At,
            taken < 0 ? null : there.Skip(taken).FirstOrDefault(IsGood)?.At,
            commits
        );
    }

    /// <summary>The first traffic of the last attempt before the rollback, or its start where no traffic was recorded.</summary>
    static DateTimeOffset? Began(IEnumerable<LedgerEvent> before, string version)
    {
        var own = before.Where(fact => fact.Release == version).ToList();
        var start = own.FindLastIndex(fact => fact.Kind == EventKinds.RolloutStarted);
        var attempt = start < 0 ? own : own[start..];
        return (attempt.FirstOrDefault(fact => fact.Kind == EventKinds.Moved && HasTraffic(fact, version)) ?? attempt.FirstOrDefault())?.At;
    }

    static bool HasTraffic(LedgerEvent move, string version) =>
        move.Data["weights"]?[version] is System.Text.Json.Nodes.JsonValue weight
        && weight.TryGetValue<int>(out var percent)
        && percent > 0;

    static bool IsGood(LedgerEvent fact) =>
        fact.Kind == EventKinds.Verified || (fact.Kind == EventKinds.RolledBack && fact.Flag("restored") != false);

    static string Version(LedgerEvent fact) => fact.Kind == EventKinds.RolledBack ? fact.Text("from") ?? fact.Release : fact.Release;
}
