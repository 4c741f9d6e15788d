using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy.Keys;

namespace ReleaseRecipes.Strategy;

/// <summary>The JSON schema of the strategy file, for editors.</summary>
public static class StrategySchema
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, draft 2020-12.</summary>
    public static JsonObject Json =>
        new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "release-strategy.yml",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray(StrategyKeys.Top),
            ["properties"] = new JsonObject { [StrategyKeys.Top] = StrategyKeys.Section.Schema() },
        };

    /// <summary>The schema as the text of its file.</summary>
    public static string Text => Json.ToJsonString(Readable) + "\n";
}
