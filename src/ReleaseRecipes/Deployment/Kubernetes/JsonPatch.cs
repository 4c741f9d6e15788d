using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Operations of a JSON patch (RFC 6902).</summary>
static class JsonPatch
{
    public static JsonObject Operation(string op, string path, JsonNode? value) =>
        new()
        {
            ["op"] = op,
            ["path"] = path,
            ["value"] = value,
        };

    public static JsonObject Remove(string path) => new() { ["op"] = "remove", ["path"] = path };

    /// <summary>Sets a member; nothing where it is so already.</summary>
    public static IEnumerable<JsonObject> Set(JsonNode target, IReadOnlyList<string> path, JsonNode value) =>
        JsonNode.DeepEquals(target.At(path), value) ? [] : [Operation("add", $"/{string.Join('/', path)}", value.DeepClone())];

    /// <summary>Sets annotations, and takes those away whose value is null; nothing where it is so already.</summary>
    public static IEnumerable<JsonObject> Note(JsonNode target, params IReadOnlyList<(string Name, string? Value)> notes)
    {
        var changed = notes.Where(note => target.Note(note.Name) != note.Value).ToList();
        if (changed.Count > 0 && target.At("metadata", "annotations") is null)
        {
            return
            [
                Operation(
                    "add",
                    "/metadata/annotations",
                    new JsonObject(changed.Select(note => KeyValuePair.Create<string, JsonNode?>(note.Name, note.Value)))
                ),
            ];
        }

        return changed.Select(note => note.Value is null ? Remove(Path(note.Name)) : Operation("add", Path(note.Name), note.Value));
    }

    static string Path(string name) => $"/metadata/annotations/{name.Replace("/", "~1", StringComparison.Ordinal)}";
}
