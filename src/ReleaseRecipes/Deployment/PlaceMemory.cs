using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// What this machine remembers of a place that cannot be asked everything: which versions were brought there, and how the traffic was split.
/// A fresh machine remembers nothing; what can be asked of the place itself always goes before it.
/// </summary>
/// <param name="Instances">Version to instances.</param>
/// <param name="Weights">Version to percent; null where nothing is remembered.</param>
/// <param name="Candidate">The last candidate that was brought there from its artefacts.</param>
public sealed record PlaceMemory(
    IReadOnlyDictionary<string, int> Instances,
    IReadOnlyDictionary<string, int>? Weights,
    Candidate? Candidate
)
{
    static readonly PlaceMemory Nothing = new(new Dictionary<string, int>(), null, null);

    /// <summary>The version that has all traffic, as far as is remembered.</summary>
    public string? Serving => Weights?.FirstOrDefault(weight => weight.Value == 100).Key;

    /// <summary>With a version brought there, or gone where <paramref name="instances"/> is 0.</summary>
    public PlaceMemory With(string version, int instances) =>
        this with
        {
            Instances = Instances
                .Where(known => known.Key != version)
                .Concat(instances > 0 ? [KeyValuePair.Create(version, instances)] : [])
                .ToDictionary(),
        };

    public static PlaceMemory Read(TargetPlace place)
    {
        try
        {
            return File.Exists(PathOf(place)) && JsonNode.Parse(File.ReadAllText(PathOf(place))) is JsonObject json
                ? new PlaceMemory(
                    Numbers(json["instances"]) ?? new Dictionary<string, int>(),
                    Numbers(json["weights"]),
                    Brought(json["candidate"])
                )
                : Nothing;
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or InvalidOperationException)
        {
            return Nothing;
        }
    }

    public void Write(TargetPlace place)
    {
        var json = new JsonObject
        {
            ["instances"] = Json(Instances),
            ["weights"] = Weights is null ? null : Json(Weights),
            ["candidate"] = Json(Candidate),
        };
        var path = PathOf(place);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var incoming = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        File.WriteAllText(incoming, json.ToJsonString());
        File.Move(incoming, path, overwrite: true);
    }

    static string PathOf(TargetPlace place) =>
        Path.Combine(place.GitDirectory, "release-recipes", "places", Uri.EscapeDataString(place.Environment.Name) + ".json");

    static JsonObject? Json(Candidate? candidate) =>
        candidate is null
            ? null
            : new JsonObject
            {
                ["version"] = candidate.Version,
                ["tag"] = candidate.Tag,
                ["commit"] = candidate.Commit,
                ["digest"] = candidate.Digest,
                ["root"] = candidate.Root,
                ["files"] = new JsonArray([.. candidate.Files.Select(file => JsonValue.Create(file))]),
            };

    static Candidate? Brought(JsonNode? node) =>
        node is JsonObject json
            ? new Candidate($"{json["version"]}", $"{json["tag"]}", $"{json["commit"]}", $"{json["digest"]}")
            {
                Root = $"{json["root"]}",
                Files = [.. (json["files"] as JsonArray ?? []).Select(file => $"{file}")],
            }
            : null;

    static JsonObject Json(IReadOnlyDictionary<string, int> numbers) =>
        new(numbers.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    static Dictionary<string, int>? Numbers(JsonNode? node) =>
        (node as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<int>() ?? 0);
}
