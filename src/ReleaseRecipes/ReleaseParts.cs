using ReleaseRecipes.Deployment;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes;

/// <summary>The kinds of thing that a strategy file names and a build may register more of.</summary>
/// <param name="Strategies">By <c>type</c> of an environment.</param>
/// <param name="Targets">By <c>provider</c> of an environment.</param>
/// <param name="Sources">By <c>metrics: provider</c> of an environment.</param>
/// <param name="Gates">By name, beside the commands.</param>
/// <param name="Notifiers">The channels that the strategy names.</param>
public sealed record ReleaseParts(
    IReadOnlyList<IDeploymentStrategy> Strategies,
    IReadOnlyList<ITargetKind> Targets,
    IReadOnlyList<IMetricSourceKind> Sources,
    IReadOnlyList<IGate> Gates,
    IReadOnlyList<INotifier> Notifiers
)
{
    /// <summary>The strategy of an environment; one registered by the build wins over ours of the same name.</summary>
    public IDeploymentStrategy StrategyOf(EnvironmentSettings environment) =>
        Strategies.LastOrDefault(strategy => strategy.Name == environment.Type)
        ?? throw Unknown(environment, "type", environment.Type, Strategies.Select(strategy => strategy.Name));

    /// <summary>The kind of place that an environment is.</summary>
    public ITargetKind TargetOf(EnvironmentSettings environment) =>
        Targets.LastOrDefault(target => target.Name == environment.Provider)
        ?? throw Unknown(environment, "provider", environment.Provider, Targets.Select(target => target.Name));

    /// <summary>What measures an environment: the source that it names, or the one that goes with its provider.</summary>
    public IMetricSourceKind SourceOf(EnvironmentSettings environment)
    {
        var name = environment.Metrics.Provider ?? (environment.Provider == "local" ? "local" : "none");
        return Sources.LastOrDefault(source => source.Name == name)
            ?? throw Unknown(environment, "metrics.provider", name, Sources.Select(source => source.Name));
    }

    static ReleaseException Unknown(EnvironmentSettings environment, string key, string value, IEnumerable<string> known)
    {
        var names = known.Distinct().ToList();
        return new ReleaseException(
            $"'{value}' is not known.",
            $"release_strategy.deployment_strategy.{environment.Name}.{key}",
            $"{Suggestion.For(value, names)}Known: {string.Join(", ", names)}.",
            ExitCodes.WrongInput
        );
    }
}
