using System.Text.Json.Nodes;

namespace ReleaseRecipes.Gates;

/// <summary>The results of all gates, in the order of the strategy file.</summary>
/// <param name="Gates">One for each gate of the plan.</param>
public sealed record GateReport(IReadOnlyList<GateResult> Gates)
{
    /// <summary>Whether every required gate passed.</summary>
    public bool Passed => Gates.All(gate => gate.LetsPass);

    /// <summary>The required gates that did not pass.</summary>
    public IEnumerable<GateResult> InTheWay => Gates.Where(gate => !gate.LetsPass);

    /// <summary>The document of <c>Gates --json</c>.</summary>
    public JsonObject ToJson() =>
        new() { ["passed"] = Passed, ["gates"] = new JsonArray([.. Gates.Select(gate => (JsonNode)gate.ToJson())]) };

    /// <summary>The failure that stops a release; null where there is none.</summary>
    public ReleaseException? Failure() =>
        InTheWay.ToList() is { Count: > 0 } closed
            ? new ReleaseException(
                closed.Count == 1 ? $"The gate {closed[0].Name} is not passed." : $"{closed.Count} gates are not passed.",
                string.Join(Environment.NewLine, closed.Select(gate => $"{gate.Name}: {gate.Reason}")),
                closed.FirstOrDefault(gate => gate.Log is not null) is { } logged ? $"Read the log: {logged.Log}" : null
            )
            : null;
}
