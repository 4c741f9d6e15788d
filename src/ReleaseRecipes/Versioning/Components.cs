using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Decides the versions of a repository's components, each from the commits that change its own files.</summary>
public static class Components
{
    /// <summary>The next version of every component, those that others depend on first.</summary>
    /// <exception cref="ReleaseException">Components depend on each other in a circle, or on one that there is not.</exception>
    public static async Task<IReadOnlyList<ComponentDecision>> DecideAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        VersionRequest request,
        CancellationToken cancel = default
    )
    {
        var decisions = new List<ComponentDecision>();
        foreach (var component in InOrder(strategy.Components))
        {
            var own = StrategyOf(component, strategy);
            var history = await new HistoryReader(git).ReadAsync(own, request.Branch, component.Path, cancel);
            history = await VersionSources.CheckAsync(history, git.Root, own.Versioning, cancel);
            decisions.Add(new ComponentDecision(component, NextVersion.After(history, own, request)));
        }

        return decisions;
    }

    /// <summary>The strategy as one component sees it: its own tags, files and changelog.</summary>
    public static ReleaseStrategy StrategyOf(ComponentSettings component, ReleaseStrategy strategy) =>
        strategy with
        {
            Components = [],
            Versioning = strategy.Versioning with { TagPrefix = component.TagPrefix ?? $"{component.Name}/v", Files = component.Files },
            Changelog = strategy.Changelog with { File = component.Changelog },
        };

    /// <summary>The components with each after those that it depends on; otherwise in the order of the file.</summary>
    /// <exception cref="ReleaseException">There is no such order.</exception>
    public static IReadOnlyList<ComponentSettings> InOrder(IReadOnlyList<ComponentSettings> components)
    {
        var ordered = new List<ComponentSettings>();
        while (ordered.Count < components.Count)
        {
            var next = components.FirstOrDefault(component =>
                !ordered.Contains(component) && component.DependsOn.All(name => ordered.Exists(earlier => earlier.Name == name))
            );
            ordered.Add(next ?? throw Stuck(components.Except(ordered)));
        }

        return ordered;
    }

    static ReleaseException Stuck(IEnumerable<ComponentSettings> left) =>
        new(
            $"The components {string.Join(", ", left.Select(component => component.Name))} depend on each other, or on one that there is not.",
            "components",
            "Correct depends_on.",
            ExitCodes.WrongInput
        );
}

/// <summary>The next version of one component.</summary>
/// <param name="Component">The component.</param>
/// <param name="Decision">Its version and why.</param>
public sealed record ComponentDecision(ComponentSettings Component, VersionDecision Decision);
