using System.Text.Json.Nodes;
using ReleaseRecipes.Components;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Packaging;

/// <summary>The variables by which a build learns what it builds.</summary>
static class BuildVariables
{
    /// <summary>RELEASE_VERSION, RELEASE_TAG, RELEASE_COMMIT; of components also RELEASE_COMPONENTS, a JSON object of names and versions.</summary>
    public static IReadOnlyDictionary<string, string?> Of(VersionDecision version, IReadOnlyList<ReleasePart> parts) =>
        new Dictionary<string, string?>
        {
            ["RELEASE_VERSION"] = version.FullVersion,
            ["RELEASE_TAG"] = version.Tag,
            ["RELEASE_COMMIT"] = version.Commit,
            ["RELEASE_COMPONENTS"] =
                version.Components.Count == 0
                    ? null
                    : new JsonObject(
                        parts.Select(part => KeyValuePair.Create<string, JsonNode?>(part.Component!, part.FullVersion))
                    ).ToJsonString(),
        };

    /// <summary>The same of one component alone, and RELEASE_COMPONENT, its name.</summary>
    public static IReadOnlyDictionary<string, string?> Of(ReleasePart part, string commit) =>
        new Dictionary<string, string?>
        {
            ["RELEASE_VERSION"] = part.FullVersion,
            ["RELEASE_TAG"] = part.Tag,
            ["RELEASE_COMMIT"] = commit,
            ["RELEASE_COMPONENT"] = part.Component,
        };
}
