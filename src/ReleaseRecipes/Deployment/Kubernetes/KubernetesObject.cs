using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Reading objects of the API without tripping over what is not there.</summary>
static class KubernetesObject
{
    extension(JsonNode? node)
    {
        /// <summary>The node under that path of members; null where there is none.</summary>
        public JsonNode? At(params IReadOnlyList<string> path) =>
            path.Aggregate(node, (inner, name) => inner is JsonObject members ? members[name] : null);

        public string? Text(params IReadOnlyList<string> path) => node.At(path) is JsonValue value ? value.ToString() : null;

        public int Number(params IReadOnlyList<string> path) =>
            node.At(path) is JsonValue value && int.TryParse(value.ToString(), out var number) ? number : 0;

        public IEnumerable<JsonObject> Items(params IReadOnlyList<string> path) => (node.At(path) as JsonArray ?? []).OfType<JsonObject>();

        /// <summary>An annotation of the object.</summary>
        public string? Note(string name) => node.Text("metadata", "annotations", name);

        /// <summary>The object's name.</summary>
        public string Name() => node.Text("metadata", "name") ?? "";
    }

    /// <summary>The members of an annotation that is a JSON object; nothing where it is not.</summary>
    public static Dictionary<string, string> Members(string? json)
    {
        try
        {
            return json is not null && JsonNode.Parse(json) is JsonObject members
                ? members.ToDictionary(member => member.Key, member => $"{member.Value}")
                : [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
