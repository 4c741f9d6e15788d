using ReleaseRecipes.Components;

namespace ReleaseRecipes.Strategy.Contradictions;

static class ComponentContradictions
{
    public static IEnumerable<Contradiction> Of(ReleaseStrategy strategy, string top, Func<string, bool> isInFile) =>
        strategy.Components.Count == 0
            ? strategy.Environments.SelectMany(environment => Unknown(environment, [], top))
            :
            [
                .. Names(strategy.Components, $"{top}.components"),
                .. Prefixes(strategy.Components, $"{top}.components"),
                .. Dependencies(strategy.Components, $"{top}.components"),
                .. OfTheWhole(strategy, top, isInFile),
                .. strategy.Environments.SelectMany(environment => Unknown(environment, [.. strategy.Components.Select(c => c.Name)], top)),
            ];

    static IEnumerable<Contradiction> Names(IReadOnlyList<ComponentSettings> components, string path) =>
        components
            .Index()
            .Where(one => components.Take(one.Index).Any(before => before.Name.Equals(one.Item.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(one => new Contradiction(
                $"{path}[{one.Index}].name",
                $"the component {one.Item.Name} is there twice",
                "Give each component a name of its own."
            ));

    // Under the prefix v a bare 1.4.0 counts as a version too, so it is taken by whoever has no prefix.
    static IEnumerable<Contradiction> Prefixes(IReadOnlyList<ComponentSettings> components, string path) =>
        components
            .Index()
            .Select(one => (one.Index, one.Item, Before: components.Take(one.Index).FirstOrDefault(before => Meet(before, one.Item))))
            .Where(one => one.Before is not null)
            .Select(one => new Contradiction(
                $"{path}[{one.Index}].tag_prefix",
                $"the tags of {one.Item.Name} could not be told from those of {one.Before!.Name}",
                $"Give each component a prefix of its own, such as {one.Item.Name}/v."
            ));

    static bool Meet(ComponentSettings left, ComponentSettings right) =>
        left.Prefix == right.Prefix || (left.Prefix is "" or "v" && right.Prefix is "" or "v");

    static IEnumerable<Contradiction> Dependencies(IReadOnlyList<ComponentSettings> components, string path)
    {
        var names = components.Select(component => component.Name).ToList();
        var unknown = components
            .Index()
            .SelectMany(one => one.Item.DependsOn.Where(name => !names.Contains(name)).Select(name => (one.Index, Name: name)))
            .ToList();
        foreach (var (index, name) in unknown)
        {
            yield return new Contradiction(
                $"{path}[{index}].depends_on",
                $"there is no component '{name}'",
                $"{Suggestion.For(name, names)}Known: {string.Join(", ", names)}."
            );
        }

        if (unknown.Count == 0 && ComponentOrder.Circle(components) is { Count: > 0 } circle)
        {
            yield return new Contradiction(path, $"{string.Join(", ", circle)} depend on each other in a circle", "Correct depends_on.");
        }
    }

    // What a component has of its own would be ignored in silence at the top.
    static IEnumerable<Contradiction> OfTheWhole(ReleaseStrategy strategy, string top, Func<string, bool> isInFile)
    {
        (string Key, string Instead)[] own =
        [
            ("versioning.files", "files"),
            ("versioning.tag_prefix", "tag_prefix"),
            ("changelog.file", "changelog"),
        ];
        foreach (var (key, instead) in own.Where(key => isInFile($"{top}.{key.Key}")))
        {
            yield return new Contradiction(
                $"{top}.{key}",
                "with components, each has one of its own",
                $"Write {instead} under each component instead."
            );
        }

        if (strategy.Application.ImageTag.Contains("{tag}", StringComparison.Ordinal))
        {
            yield return new Contradiction(
                $"{top}.application.image_tag",
                "a release of several components has several tags",
                "Write {version} or {commit}."
            );
        }
    }

    static IEnumerable<Contradiction> Unknown(EnvironmentSettings environment, IReadOnlyList<string> names, string top) =>
        environment
            .Components.Where(name => !names.Contains(name))
            .Select(name => new Contradiction(
                $"{top}.deployment_strategy.{environment.Name}.components",
                $"there is no component '{name}'",
                names.Count == 0
                    ? "Describe it under components:, or remove this."
                    : $"{Suggestion.For(name, names)}Known: {string.Join(", ", names)}."
            ));
}
