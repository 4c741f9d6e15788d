using System.Text.Json.Nodes;

namespace ReleaseRecipes.Packaging;

/// <summary>What a release consists of: the artefacts, hashed, in a folder where nothing changes them any more.</summary>
/// <param name="Digest">SHA-256 over every artefact's path and content; over the commit where nothing is built.</param>
/// <param name="Root">The folder that holds the artefacts.</param>
/// <param name="Files">Their paths relative to <see cref="Root"/>, with forward slashes, and each one's SHA-256.</param>
public sealed record ReleasePackage(string Digest, string Root, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The record of it in the ledger.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["digest"] = Digest,
            ["files"] = new JsonObject(
                Files
                    .OrderBy(file => file.Key, StringComparer.Ordinal)
                    .Select(file => KeyValuePair.Create<string, JsonNode?>(file.Key, file.Value))
            ),
        };
}
