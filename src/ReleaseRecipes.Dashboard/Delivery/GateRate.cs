using ReleaseRecipes.Dashboard.Reading;

namespace ReleaseRecipes.Dashboard.Delivery;

/// <summary>How often one gate was passed.</summary>
/// <param name="Name">The gate.</param>
/// <param name="Passed">Releases whose last evaluation passed.</param>
/// <param name="All">Releases that it was evaluated for.</param>
sealed record GateRate(string Name, int Passed, int All)
{
    /// <summary>Each gate's rate over some releases, in the order of their names.</summary>
    public static IReadOnlyList<GateRate> Of(IEnumerable<ReleaseRow> releases) =>
        [
            .. releases
                .SelectMany(release => release.Gates)
                .GroupBy(gate => gate.Name, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new GateRate(group.Key, group.Count(gate => gate.Verdict == "passed"), group.Count())),
        ];
}
