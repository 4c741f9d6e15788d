using ReleaseRecipes.Changelog;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes;

/// <summary>The kinds of thing that a strategy file names and a build may register more of.</summary>
/// <param name="Strategies">By <c>type</c> of an environment.</param>
/// <param name="Targets">By <c>provider</c> of an environment.</param>
/// <param name="Sources">By <c>metrics: provider</c> of an environment.</param>
/// <param name="Gates">By name, beside the commands.</param>
/// <param name="Notifiers">The channels: those that the build registers, and once the strategy is read those that it names.</param>
/// <param name="Styles">By <c>changelog: style</c>.</param>
public sealed record ReleaseParts(
    IReadOnlyList<IDeploymentStrategy> Strategies,
    IReadOnlyList<ITargetKind> Targets,
    IReadOnlyList<IMetricSourceKind> Sources,
    IReadOnlyList<IGate> Gates,
    IReadOnlyList<INotifier> Notifiers,
    IReadOnlyList<INotesStyle> Styles
)
{
    /// <summary>The names that a strategy file may choose from.</summary>
    public KnownNames Names =>
        new()
        {
            Gates = [.. KnownNames.BuiltIn.Gates, .. Gates.Select(gate => gate.Name)],
            DeploymentTypes = [.. Strategies.Select(strategy => strategy.Name).Distinct()],
            Providers = [.. Targets.Select(target => target.Name).Distinct()],
            MetricProviders = [.. Sources.Select(source => source.Name).Distinct()],
            Channels = [.. KnownNames.BuiltIn.Channels, .. Notifiers.Select(notifier => notifier.Name)],
            ChangelogStyles = [.. Styles.Select(style => style.Name).Distinct()],
        };

    /// <summary>The strategy of an environment; one registered by the build wins over ours of the same name.</summary>
    public IDeploymentStrategy StrategyOf(EnvironmentSettings environment) =>
        Strategies.LastOrDefault(strategy => strategy.Name == environment.Type) is { } found
            ? new ConfirmedStrategy(found)
            : throw Unknown(environment, "type", environment.Type, Strategies.Select(strategy => strategy.Name));

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
