using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Approvals;

/// <summary>One person taking back what they approved of a release for an environment.</summary>
/// <param name="Approver">Whose approvals.</param>
/// <param name="Version">Of which release.</param>
/// <param name="Environment">For which environment.</param>
/// <param name="At">When; a signature covers this.</param>
public sealed record Revocation(string Approver, string Version, string Environment, DateTimeOffset At)
{
    /// <summary>The armoured signature over <see cref="Payload"/>; null where it was not signed.</summary>
    public string? Signature { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>A random number that makes every signature another one.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The number of its event; 0 before it is recorded.</summary>
    public long Sequence { get; init; }

    /// <summary>What is signed: canonical JSON of all of it. No approval has an action, so neither can be taken for the other.</summary>
    public string Payload
    {
        get
        {
            var signed = Signed();
            signed["action"] = "revoke";
            signed["version"] = Version;
            return CanonicalJson.Of(signed);
        }
    }

    /// <summary>The revocation as an event.</summary>
    public NewEvent ToEvent()
    {
        var data = Signed();
        data["signature"] = Signature;
        return new NewEvent(Version, EventKinds.Revoked, data);
    }

    /// <summary>The revocation that an event holds; null where it holds none.</summary>
    public static Revocation? Of(LedgerEvent fact)
    {
        string? Text(string name) => LedgerFold.Text(fact, name);
        return fact.Kind != EventKinds.Revoked || Text("environment") is not { } environment
            ? null
            : new Revocation(Text("approver") ?? fact.Actor, fact.Release, environment, Approval.Time(Text("at")) ?? fact.At)
            {
                Signature = Text("signature"),
                Reason = Text("reason"),
                Nonce = Text("nonce") ?? "",
                Sequence = fact.Sequence,
            };
    }

    JsonObject Signed() =>
        new()
        {
            ["approver"] = Approver,
            ["at"] = EventHash.Time(At),
            ["environment"] = Environment,
            ["nonce"] = Nonce,
            ["reason"] = Reason,
        };
}
