using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>Where a component stands: its highest release, as the tags say.</summary>
/// <param name="Name">The component's name.</param>
/// <param name="Version">Its version; null before its first release.</param>
/// <param name="Tag">Its tag; null before its first release.</param>
public sealed record ComponentStanding(string Name, string? Version, string? Tag)
{
    /// <summary>Reads where the components of a strategy stand; none where the repository is released as one.</summary>
    public static async Task<IReadOnlyList<ComponentStanding>> ReadAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        CancellationToken cancel
    )
    {
        if (strategy.Components.Count == 0)
        {
            return [];
        }

        var tags = (await GitRefs.ReadAsync(git, cancel)).Tags;
        var scheme = VersionSchemes.Of(strategy.Versioning);
        return
        [
            .. strategy
                .Components.Select(component =>
                    (
                        component.Name,
                        Tag: VersionTag.In(tags, component.Prefix, scheme).Where(tag => !tag.Version.IsPreRelease).MaxBy(tag => tag.Version)
                    )
                )
                .Select(one => new ComponentStanding(one.Name, one.Tag?.Version.ToString(), one.Tag?.Name)),
        ];
    }

    public JsonNode ToJson() =>
        new JsonObject
        {
            ["name"] = Name,
            ["version"] = Version,
            ["tag"] = Tag,
        };
}
