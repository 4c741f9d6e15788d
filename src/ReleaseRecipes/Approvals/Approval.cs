using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Approvals;

/// <summary>One person's agreement to one subject.</summary>
/// <param name="Approver">Who.</param>
/// <param name="Subject">To what.</param>
/// <param name="Via"><c>prompt</c>, <c>signed</c> or <c>override</c>.</param>
/// <param name="At">When it was given; a signature covers this.</param>
public sealed record Approval(string Approver, ApprovalSubject Subject, string Via, DateTimeOffset At)
{
    /// <summary>The <see cref="Via"/> of a voice that overrides the rules.</summary>
    public const string ByOverride = "override";

    /// <summary>How many people an override takes.</summary>
    public const int VoicesOfAnOverride = 2;

    /// <summary>The armoured SSH or OpenPGP signature over <see cref="Payload"/>; null where it was not signed.</summary>
    public string? Signature { get; init; }

    /// <summary>Why; needed for an override.</summary>
    public string? Reason { get; init; }

    /// <summary>A random number that makes every signature another one, so that a second use of it shows.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The number of its event; 0 before it is recorded.</summary>
    public long Sequence { get; init; }

    /// <summary>What is signed: canonical JSON of all of it.</summary>
    public string Payload => CanonicalJson.Of(Signed());

    /// <summary>The approval as an event.</summary>
    public NewEvent ToEvent()
    {
        var data = Signed();
        data.Remove("version");
        data["signature"] = Signature;
        return new NewEvent(Subject.Version, EventKinds.Approved, data);
    }

    /// <summary>The approval that an event holds; null where it holds none.</summary>
    public static Approval? Of(LedgerEvent fact)
    {
        string? Text(string name) => LedgerFold.Text(fact, name);
        if (fact.Kind != EventKinds.Approved || Text("approver") is not { } approver || Text("environment") is not { } environment)
        {
            return null;
        }

        var subject = new ApprovalSubject(fact.Release, Text("commit") ?? "", Text("digest") ?? "", Text("plan") ?? "", environment);
        return new Approval(approver, subject, Text("via") ?? "prompt", Time(Text("at")) ?? fact.At)
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
            ["commit"] = Subject.Commit,
            ["digest"] = Subject.Digest,
            ["environment"] = Subject.Environment,
            ["nonce"] = Nonce,
            ["plan"] = Subject.Plan,
            ["reason"] = Reason,
            ["version"] = Subject.Version,
            ["via"] = Via,
        };

    internal static DateTimeOffset? Time(string? text)
    {
        try
        {
            return text is null ? null : EventHash.Time(text);
        }
        catch (FormatException)
        {
            // A time that cannot be read is the oldest there is: such an approval is expired wherever approvals expire.
            return DateTimeOffset.MinValue;
        }
    }
}
