using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Ledger;

/// <summary>Events in words.</summary>
public static class EventText
{
    /// <summary>What happened, as a phrase after the actor's name; null for what only the machinery cares about.</summary>
    public static string? Describe(LedgerEvent fact)
    {
        string Text(string name) => Plain(fact.Data[name]);
        return fact.Kind switch
        {
            EventKinds.Planned => $"planned {fact.Release}{Because(fact)}",
            EventKinds.Step => $"{Text("step")}: {Text("result")}",
            EventKinds.Gate => $"gate {Text("name")}: {Text("verdict")}",
            EventKinds.Outcome => $"did {Text("key")}",
            EventKinds.Failure => $"could not do {Text("key")}: {Text("problem")}",
            EventKinds.Approved =>
                $"{(Text("via") == Approval.ByOverride ? "overrode the rules for" : "approved")} {Text("environment")} ({Text("via")}{(fact.Data["signature"] is null || Text("via") == "signed" ? "" : ", signed")}, plan {Short(Text("plan"))}){Because(fact)}",
            EventKinds.Admitted => $"let {fact.Release} into {Text("environment")} {Admission.Of(fact)}",
            EventKinds.Revoked => $"took back the approval of {Text("approver")} for {Text("environment")}{Because(fact)}",
            EventKinds.RolloutStarted => $"began the rollout to {Text("environment")} ({Text("strategy")})",
            EventKinds.Moved => $"{Text("environment")}: {Text("move")}",
            EventKinds.Judged => $"{Text("environment")}: judged {Text("verdict")}{Because(fact)}",
            EventKinds.Paused => $"paused{Place(fact)}{Because(fact)}",
            EventKinds.Resumed => $"let {Text("environment")} go on",
            EventKinds.Verified => $"{Text("environment")}: {fact.Release} verified",
            EventKinds.RolledBack => $"{Text("environment")}: rolled back from {Text("from")} to {Text("to")}{Because(fact)}",
            EventKinds.Released => $"released {fact.Release}",
            EventKinds.Failed => $"failed in {Text("step")}: {Text("problem")}",
            EventKinds.Aborted => $"aborted{Because(fact)}",
            EventKinds.Notified => $"told {Text("channel")}",
            _ => null,
        };
    }

    static string Because(LedgerEvent fact) => fact.Data["reason"] is { } reason ? $": {Plain(reason)}" : "";

    static string Place(LedgerEvent fact) => fact.Data["environment"] is { } environment ? $" before {Plain(environment)}" : "";

    static string Plain(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "-";

    static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
