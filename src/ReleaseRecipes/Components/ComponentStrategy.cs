using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Components;

/// <summary>The strategy as one component sees it: its own tags, files and changelog, and the rules that all share.</summary>
static class ComponentStrategy
{
    public static ReleaseStrategy Of(ReleaseStrategy strategy, ComponentSettings component) =>
        strategy with
        {
            Components = [],
            Versioning = strategy.Versioning with { TagPrefix = component.Prefix, Files = component.Files },
            Changelog = strategy.Changelog with { File = component.Changelog },
        };

    /// <summary>The components that the command line names; all of them where it names none.</summary>
    /// <exception cref="ReleaseException">There is none of such a name.</exception>
    public static IReadOnlyList<ComponentSettings> Named(ReleaseStrategy strategy, IReadOnlyList<string> names)
    {
        var known = strategy.Components.Select(component => component.Name).ToList();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ReleaseException(
                $"There is no component '{unknown}'.",
                strategy.Path,
                known.Count == 0
                    ? "The strategy describes none (components:)."
                    : $"{Suggestion.For(unknown, known)}Known: {string.Join(", ", known)}.",
                ExitCodes.WrongInput
            );
        }

        return [.. strategy.Components.Where(component => names.Count == 0 || names.Contains(component.Name))];
    }
}
