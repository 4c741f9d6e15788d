using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>What gets a version and a tag of its own in a release: the whole repository, or one component of it.</summary>
/// <param name="Settings">The component; null for the whole repository.</param>
/// <param name="Version">Its version.</param>
/// <param name="FullVersion">Its version with build metadata, where the strategy wants that.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Files">The files that are stamped with its version.</param>
/// <param name="Changelog">The changelog that is kept for it; null: none.</param>
public sealed record ReleasePart(
    ComponentSettings? Settings,
    string Version,
    string FullVersion,
    string Tag,
    IReadOnlyList<string> Files,
    string? Changelog
)
{
    /// <summary>The component's name; null for the whole repository.</summary>
    public string? Component => Settings?.Name;

    /// <summary>The parts of a release in the order in which they are built and tagged.</summary>
    public static IReadOnlyList<ReleasePart> Of(VersionDecision version, ReleaseStrategy strategy) =>
        version.Components.Count == 0
            ? [new ReleasePart(null, version.Version, version.FullVersion, version.Tag, strategy.Versioning.Files, strategy.Changelog.File)]
            : [.. version.Components.Where(one => !one.Decision.Nothing).Select(one => OfComponent(one, strategy))];

    static ReleasePart OfComponent(ComponentVersion one, ReleaseStrategy strategy)
    {
        var settings = strategy.Components.FirstOrDefault(component => component.Name == one.Name) ?? new ComponentSettings(one.Name);
        return new ReleasePart(
            settings,
            one.Decision.Version,
            one.Decision.FullVersion,
            one.Decision.Tag,
            settings.Files,
            settings.Changelog
        );
    }
}
