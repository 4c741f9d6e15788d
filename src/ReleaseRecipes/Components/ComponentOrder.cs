using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Components;

/// <summary>The order in which components are versioned, built and tagged: each after those that it depends on, otherwise the file's.</summary>
static class ComponentOrder
{
    /// <summary>The components in their order. Those of a circle, which a strategy file is refused for, are left out.</summary>
    public static IReadOnlyList<ComponentSettings> Of(IReadOnlyList<ComponentSettings> components)
    {
        var ordered = new List<ComponentSettings>();
        while (components.Except(ordered).FirstOrDefault(IsNext) is { } next)
        {
            ordered.Add(next);
        }

        return ordered;

        bool IsNext(ComponentSettings component) => component.DependsOn.All(name => ordered.Exists(earlier => earlier.Name == name));
    }

    /// <summary>The names of the components that depend on each other in a circle, or on such.</summary>
    public static IReadOnlyList<string> Circle(IReadOnlyList<ComponentSettings> components) =>
        [.. components.Except(Of(components)).Select(component => component.Name)];
}
