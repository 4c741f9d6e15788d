using System.Text.Json.Nodes;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>Gate results as they stand in the ledger and in <c>--json</c>.</summary>
public static class GateResultJson
{
    static readonly Dictionary<Unit, string> Units = new()
    {
        [Unit.Number] = "number",
        [Unit.Ratio] = "ratio",
        [Unit.Duration] = "seconds",
    };

    public static JsonObject ToJson(this GateResult gate) =>
        new()
        {
            ["name"] = gate.Name,
            ["required"] = gate.Required,
            ["verdict"] = gate.Verdict.Word(),
            ["reason"] = gate.Reason,
            ["metrics"] = new JsonObject(
                Sorted(gate.Metrics).Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value.Value))
            ),
            ["units"] = new JsonObject(
                Sorted(gate.Metrics).Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)Units[metric.Value.Unit]))
            ),
            ["threshold"] = gate.Threshold,
            ["evaluated"] = gate.Evaluated,
            ["command"] = gate.Command,
            ["exit_code"] = gate.ExitCode,
            ["duration"] = Math.Round(gate.Duration.TotalSeconds, 3),
            ["log"] = gate.Log,
            ["reports"] = new JsonArray([.. gate.Reports.Select(ToJson)]),
            ["tool_version"] = gate.ToolVersion,
            ["environment"] = new JsonArray([.. gate.EnvironmentNames.Select(name => (JsonNode)name)]),
            ["attempts"] = gate.Attempts,
            ["flaky"] = gate.Flaky,
        };

    /// <summary>Reads a result back; what is missing is empty, and an unknown verdict is no pass.</summary>
    public static GateResult FromJson(JsonObject json) =>
        new(
            Text(json, "name") ?? "",
            json["required"]?.GetValue<bool>() ?? true,
            GateVerdicts.Read(Text(json, "verdict")),
            Text(json, "reason") ?? ""
        )
        {
            Metrics = Metrics(json),
            Threshold = Text(json, "threshold"),
            Evaluated = Text(json, "evaluated"),
            Command = Text(json, "command"),
            ExitCode = json["exit_code"]?.GetValue<int>(),
            Duration = TimeSpan.FromSeconds(json["duration"]?.GetValue<double>() ?? 0),
            Log = Text(json, "log"),
            Reports = [.. Items(json, "reports").OfType<JsonObject>().Select(Report)],
            ToolVersion = Text(json, "tool_version"),
            EnvironmentNames = [.. Items(json, "environment").Select(name => name!.GetValue<string>())],
            Attempts = json["attempts"]?.GetValue<int>() ?? 0,
        };

    static JsonNode ToJson(ReadReport report) =>
        new JsonObject
        {
            ["path"] = report.Path,
            ["format"] = report.Format,
            ["sha256"] = report.Sha256,
        };

    static ReadReport Report(JsonObject json) => new(Text(json, "path") ?? "", Text(json, "format") ?? "", Text(json, "sha256") ?? "");

    static Dictionary<string, Quantity> Metrics(JsonObject json) =>
        (json["metrics"] as JsonObject ?? []).ToDictionary(
            metric => metric.Key,
            metric => new Quantity(
                metric.Value!.GetValue<double>(),
                Units.FirstOrDefault(unit => unit.Value == json["units"]?[metric.Key]?.GetValue<string>()).Key
            )
        );

    static IEnumerable<KeyValuePair<string, Quantity>> Sorted(IReadOnlyDictionary<string, Quantity> metrics) =>
        metrics.Where(metric => double.IsFinite(metric.Value.Value)).OrderBy(metric => metric.Key, StringComparer.Ordinal);

    static JsonArray Items(JsonObject json, string name) => json[name] as JsonArray ?? [];

    static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();
}
