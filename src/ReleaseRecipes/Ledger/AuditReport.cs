using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>What the verification of a whole ledger found.</summary>
/// <param name="Ok">Whether nothing speaks against it.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="Problems">What speaks against it, each a sentence.</param>
public sealed record AuditReport(bool Ok, long Events, IReadOnlyList<string> Problems)
{
    /// <summary>The events themselves, in their order, as far as they could be read.</summary>
    public IReadOnlyList<LedgerEvent> Record { get; init; } = [];

    /// <summary>How many tags, commits and remotes outside the events agree with them.</summary>
    public int Anchors { get; init; }

    /// <summary>The shape of <c>--json</c>.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["ok"] = Ok,
            ["events"] = Events,
            ["problems"] = new JsonArray([.. Problems.Select(problem => (JsonNode)problem)]),
            ["anchors"] = Anchors,
            ["releases"] = Record.Select(fact => fact.Release).Distinct().Count(),
        };
}
