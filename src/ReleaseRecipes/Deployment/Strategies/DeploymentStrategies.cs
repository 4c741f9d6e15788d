namespace ReleaseRecipes.Deployment;

/// <summary>The strategies that come with the recipe. A build may register more; of two of the same name the build's own wins.</summary>
public static class DeploymentStrategies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IDeploymentStrategy> Known { get; } =
    [new BlueGreenStrategy(), new CanaryStrategy(), new RollingStrategy(), new RecreateStrategy()];

    /// <summary>The strategy of that name.</summary>
    /// <exception cref="ReleaseException">There is none.</exception>
    public static IDeploymentStrategy Named(string name, IEnumerable<IDeploymentStrategy>? own = null)
    {
        var all = Known.Concat(own ?? []).ToList();
        return all.LastOrDefault(strategy => strategy.Name == name) is { } found
            ? new ConfirmedStrategy(found)
            : throw new ReleaseException(
                $"There is no deployment strategy '{name}'.",
                todo: $"Known: {string.Join(", ", all.Select(strategy => strategy.Name).Distinct())}.",
                exitCode: ExitCodes.WrongInput
            );
    }
}
