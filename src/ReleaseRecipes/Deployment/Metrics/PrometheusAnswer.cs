using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Reads the answers of Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/).</summary>
static class PrometheusAnswer
{
    /// <summary>The one value of an instant query; null where the answer is empty.</summary>
    /// <exception cref="ReleaseException">It is no answer of Prometheus, an error, or several series.</exception>
    public static double? Value(string body, string name) =>
        Read(body, name) switch
        {
            { Type: "scalar", Result: [_, JsonValue value] } => MetricValues.Parse(value.ToString()),
            { Type: "vector", Result: [] } => null,
            { Type: "vector", Result: [JsonObject only] } => only["value"] is JsonArray { Count: 2 } pair
                ? MetricValues.Parse($"{pair[1]}")
                : throw Unreadable(name),
            { Type: "vector", Result: var many } => throw new ReleaseException(
                $"the query of {name} answers {many.Count} series; aggregate them, as in sum(…)"
            ),
            var other => throw new ReleaseException($"the query of {name} answers a {other.Type}; a number is needed"),
        };

    /// <summary>All points of all series of a range query.</summary>
    /// <exception cref="ReleaseException">It is no answer of Prometheus, or an error.</exception>
    public static IReadOnlyList<double> Points(string body, string name) =>
        [
            .. Read(body, name)
                .Result.OfType<JsonObject>()
                .SelectMany(series => series["values"] as JsonArray ?? [])
                .OfType<JsonArray>()
                .Where(pair => pair.Count == 2)
                .Select(pair => MetricValues.Parse($"{pair[1]}"))
                .Where(double.IsFinite),
        ];

    static (string Type, JsonArray Result) Read(string body, string name)
    {
        try
        {
            var answer = JsonNode.Parse(body) as JsonObject;
            return answer?["status"]?.ToString() == "success" && answer["data"] is JsonObject { } data && data["result"] is JsonArray result
                ? ($"{data["resultType"]}", result)
                : throw new ReleaseException($"the query of {name} failed: {answer?["error"] ?? "the answer is not Prometheus'"}");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Unreadable(name);
        }
    }

    static ReleaseException Unreadable(string name) => new($"the answer to the query of {name} is not Prometheus'");
}
