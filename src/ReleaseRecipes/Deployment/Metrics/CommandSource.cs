using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Runs a command of the user's that prints one JSON object of metrics: <c>{"error_rate": 0.01, "requests": 200, "baseline": {"error_rate": 0.002},
/// "latencies": [0.1, 0.2]}</c>. Ratios are shares of one, durations seconds. RELEASE_VERSION, RELEASE_PREVIOUS_VERSION, RELEASE_ENVIRONMENT,
/// RELEASE_FROM and RELEASE_TO (ISO 8601) are set. What is not a number is no evidence.
/// </summary>
public sealed class CommandSource(string command, string root) : IMetricSource
{
    public string Name => "command";

    public async Task<Measurement> MeasureAsync(MeasurementWindow window, CancellationToken cancel)
    {
        var call = Shell.Call(command) with
        {
            WorkingDirectory = root,
            Timeout = TimeSpan.FromSeconds(25),
            Environment = new Dictionary<string, string?>
            {
                ["RELEASE_VERSION"] = window.Candidate,
                ["RELEASE_PREVIOUS_VERSION"] = window.Stable,
                ["RELEASE_ENVIRONMENT"] = window.Environment,
                ["RELEASE_FROM"] = window.From.ToString("O", CultureInfo.InvariantCulture),
                ["RELEASE_TO"] = window.To.ToString("O", CultureInfo.InvariantCulture),
            },
        };
        var result = await ProgramRunner.RunAsync(call, cancel);
        return result.Succeeded ? Read(result.Output)
            : result.TimedOut ? Problem("took longer than 25s")
            : Problem($"ended with exit code {result.ExitCode}");
    }

    internal static Measurement Read(string output)
    {
        try
        {
            return JsonNode.Parse(output) is JsonObject json
                ? new Measurement
                {
                    Candidate = Values(json),
                    Baseline = json["baseline"] is JsonObject baseline ? Values(baseline) : new Dictionary<string, Quantity>(),
                    Requests =
                        Values(json).TryGetValue("requests", out var count) && double.IsFinite(count.Value) ? (long)count.Value : null,
                    CandidateLatencies = Numbers(json["latencies"]),
                    BaselineLatencies = Numbers((json["baseline"] as JsonObject)?["latencies"]),
                }
                : Problem("printed no JSON object");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            return Problem("printed no JSON object");
        }
    }

    static Dictionary<string, Quantity> Values(JsonObject json) =>
        json.Where(member => member.Value is JsonValue)
            .ToDictionary(member => member.Key, member => MetricValues.Of(member.Key, Number(member.Value)));

    static List<double> Numbers(JsonNode? node) => [.. (node as JsonArray ?? []).Select(Number).Where(double.IsFinite)];

    static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN;

    static Measurement Problem(string what) => new() { Problem = $"the metrics command {what}" };
}

/// <summary>Opens the metrics command of an environment.</summary>
public sealed class CommandSourceKind : IMetricSourceKind
{
    public string Name => "command";

    public IMetricSource Open(TargetPlace place, ITarget target) =>
        new CommandSource(
            place.Environment.Metrics.Command
                ?? throw new ReleaseException(
                    $"The metrics of {place.Environment.Name} name no command.",
                    $"release_strategy.deployment_strategy.{place.Environment.Name}.metrics.command",
                    "Write the command that prints the metrics as JSON.",
                    ExitCodes.WrongInput
                ),
            place.Root
        );
}
