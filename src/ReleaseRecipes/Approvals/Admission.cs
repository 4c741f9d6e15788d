using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Approvals;

/// <summary>On whose approval a release was let into an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Plan">The hash of the plan that was approved.</param>
/// <param name="Minimum">How many approvals the rules asked for.</param>
/// <param name="Approvers">Whose approvals counted.</param>
/// <param name="Overridden">Whether they overrode the rules.</param>
/// <param name="Reason">Why the rules were overridden, in the words of each; null where they were not.</param>
public sealed record Admission(
    string Environment,
    string Plan,
    int Minimum,
    IReadOnlyList<string> Approvers,
    bool Overridden,
    string? Reason
)
{
    /// <summary>From where the approvals stand.</summary>
    public static Admission Of(string environment, string plan, ApprovalStanding standing) =>
        new(
            environment,
            plan,
            standing.Required,
            [.. standing.Present.Select(approval => approval.Approver)],
            standing.Overridden,
            standing.Overridden ? string.Join("; ", standing.Present.Select(approval => approval.Reason).Distinct()) : null
        );

    /// <summary>The admission that an event holds; null where it holds none.</summary>
    public static Admission? Of(LedgerEvent fact) =>
        fact.Kind == EventKinds.Admitted && LedgerFold.Text(fact, "environment") is { } environment
            ? new Admission(
                environment,
                LedgerFold.Text(fact, "plan") ?? "",
                fact.Data["minimum"] is JsonValue minimum && minimum.TryGetValue<int>(out var count) ? count : 1,
                [.. (fact.Data["approvers"] as JsonArray ?? []).Select(name => name?.ToString() ?? "")],
                fact.Data["overridden"] is JsonValue flag && flag.TryGetValue<bool>(out var overridden) && overridden,
                LedgerFold.Text(fact, "reason")
            )
            : null;

    /// <summary>What the event carries.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["environment"] = Environment,
            ["plan"] = Plan,
            ["minimum"] = Minimum,
            ["approvers"] = new JsonArray([.. Approvers.Select(name => (JsonNode?)name)]),
            ["overridden"] = Overridden,
            ["reason"] = Reason,
        };

    /// <summary>In words: <c>on the approval of Ada and Bob</c>.</summary>
    public override string ToString() =>
        $"{(Overridden ? "on an override by" : "on the approval of")} {string.Join(" and ", Approvers)}{(Reason is null ? "" : $": {Reason}")}";
}
