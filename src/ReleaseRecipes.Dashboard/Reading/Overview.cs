using ReleaseRecipes.Approvals;
using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Reading;

/// <summary>What the pages show.</summary>
sealed record Overview(
    string Repository,
    long Events,
    IReadOnlyList<EnvironmentRecord> Environments,
    IReadOnlyList<ReleaseRow> Releases,
    IReadOnlyList<ProductionDeployment> Deployments
)
{
    public DeliveryMeasures Delivery { get; init; } = DeliveryMeasures.None;

    /// <summary>What came to production, week by week, oldest first.</summary>
    public IReadOnlyList<WeekOfDeployments> Weeks { get; init; } = [];
}

/// <summary>One release.</summary>
/// <param name="State">draft, ready, released, failed, rolled_back, paused or aborted.</param>
/// <param name="Verified">Where it was verified.</param>
/// <param name="Problem">Why it failed or was taken back; null where it was not.</param>
sealed record ReleaseRow(
    string Version,
    string State,
    DateTimeOffset At,
    string Actor,
    string Commit,
    string? Reason,
    IReadOnlyList<string> Verified,
    IReadOnlyList<GateRow> Gates,
    string? Problem
)
{
    /// <summary>On whose approval it was let into which environment.</summary>
    public IReadOnlyList<Admission> Admissions { get; init; } = [];
}

/// <summary>One quality gate of a release.</summary>
sealed record GateRow(string Name, string Verdict);
