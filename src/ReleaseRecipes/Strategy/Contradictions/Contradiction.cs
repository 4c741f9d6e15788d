using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Contradictions;

/// <summary>Something that each key allows and all of them together do not.</summary>
/// <param name="Path">The key to change.</param>
/// <param name="What">What does not go together.</param>
/// <param name="Todo">What would.</param>
sealed record Contradiction(string Path, string What, string Todo)
{
    /// <summary>Reports every contradiction of a strategy.</summary>
    public static void ReportAll(ReleaseStrategy strategy, StrategyReading reading)
    {
        const string top = "release_strategy";
        IEnumerable<Contradiction> all =
        [
            .. VersioningContradictions.Of(strategy.Versioning, $"{top}.versioning"),
            .. ComponentContradictions.Of(strategy, top, reading.Places.ContainsKey),
            .. GateContradictions.Of(strategy.QualityGates, reading.Names.Gates, $"{top}.quality_gates"),
            .. strategy.Environments.SelectMany(environment =>
                EnvironmentContradictions.Of(environment, $"{top}.deployment_strategy.{environment.Name}", reading.Places.ContainsKey)
            ),
            .. EnvironmentContradictions.SharedPorts(strategy.Environments, $"{top}.deployment_strategy"),
        ];
        foreach (var (path, what, todo) in all)
        {
            reading.Report(path, what, todo);
        }
    }
}
