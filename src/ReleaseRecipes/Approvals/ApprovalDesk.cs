using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Approvals;

/// <summary>Where approvals are given, taken back and looked up.</summary>
/// <param name="ledger">Where they are recorded.</param>
/// <param name="signatures">Signs and verifies them.</param>
/// <param name="allowed">Whose signatures count, for one environment's rules.</param>
public sealed class ApprovalDesk(ReleaseLedger ledger, Signatures signatures, Func<ApprovalSettings, Task<AllowedSigners>> allowed)
{
    /// <summary>Where a subject stands right now, with every signature verified where the rules ask for signatures.</summary>
    public async Task<ApprovalStanding> StandingAsync(ApprovalSubject subject, ApprovalSettings rules, CancellationToken cancel = default)
    {
        var events = rules.Required ? await ledger.ReadAsync(subject.Version, cancel) : [];
        return ApprovalBook.Of(events, rules, subject, ledger.Clock.GetUtcNow(), await VerifiedAsync(events, rules, subject, cancel));
    }

    /// <summary>Records that whoever runs the command approves, signed where the rules ask for it.</summary>
    /// <param name="subject">Exactly what is approved.</param>
    /// <param name="rules">The environment's rules.</param>
    /// <param name="reason">Why; null where no reason was given.</param>
    /// <param name="overriding">Whether it is one of the two voices that override the rules; needs a reason.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Where the subject stands with it.</returns>
    /// <exception cref="ReleaseException">It would not count; nothing was recorded.</exception>
    public async Task<ApprovalStanding> GiveAsync(
        ApprovalSubject subject,
        ApprovalSettings rules,
        string? reason = null,
        bool overriding = false,
        CancellationToken cancel = default
    )
    {
        var via =
            overriding ? "override"
            : rules.Signed ? "signed"
            : "prompt";
        var approval = new Approval(ledger.Actor, subject, via, Whole(ledger.Clock.GetUtcNow()))
        {
            Reason = reason,
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        await MustCountAsync(approval, rules, cancel);
        if (rules.Signed)
        {
            approval = approval with { Signature = await signatures.SignAsync(approval.Payload, cancel) };
            await MustVerifyAsync(approval, rules, cancel);
        }

        await ledger.AppendAsync(approval.ToEvent(), cancel);
        return await StandingAsync(subject, rules, cancel);
    }

    /// <summary>Takes back the approvals that a person gave to a release for an environment.</summary>
    public Task RevokeAsync(
        string version,
        string environment,
        string approver,
        string? reason = null,
        CancellationToken cancel = default
    ) =>
        ledger.AppendAsync(
            new NewEvent(
                version,
                EventKinds.Revoked,
                new JsonObject
                {
                    ["environment"] = environment,
                    ["approver"] = approver,
                    ["reason"] = reason,
                }
            ),
            cancel
        );

    /// <summary>Says why an approval would not count before it is asked for a signature and put on record.</summary>
    async Task MustCountAsync(Approval approval, ApprovalSettings rules, CancellationToken cancel)
    {
        var events = await ledger.ReadAsync(approval.Subject.Version, cancel);
        var news = approval.ToEvent();
        var alone = events
            .Where(fact => fact.Kind == EventKinds.Planned)
            .Append(EventHash.Chain(LedgerHead.Empty, news.Release, news.Kind, approval.At, approval.Approver, news.Data))
            .ToList();
        // Whose signature it will be shows only when it was made.
        var unsigned = rules.Signed ? rules with { Signed = false, Approvers = [], ExcludeInitiator = false } : rules;
        Refuse(ApprovalBook.Of(alone, unsigned, approval.Subject, approval.At), approval, rules);
    }

    async Task MustVerifyAsync(Approval approval, ApprovalSettings rules, CancellationToken cancel)
    {
        var check = await signatures.VerifyAsync(approval.Payload, approval.Signature!, approval.At, await allowed(rules), cancel);
        var events = (await ledger.ReadAsync(approval.Subject.Version, cancel)).Where(fact => fact.Kind == EventKinds.Planned).ToList();
        var news = approval.ToEvent();
        var chained = EventHash.Chain(LedgerHead.Empty, news.Release, news.Kind, approval.At, approval.Approver, news.Data);
        var checks = new Dictionary<long, SignatureCheck> { [chained.Sequence] = check };
        Refuse(ApprovalBook.Of([.. events, chained], rules, approval.Subject, approval.At, checks), approval, rules);
    }

    static void Refuse(ApprovalStanding standing, Approval approval, ApprovalSettings rules)
    {
        if (standing.Problems is [var problem, ..])
        {
            throw new ReleaseException(
                problem,
                $"{approval.Subject.Environment}, release {approval.Subject.Version}.",
                rules.Approvers.Count == 0
                    ? null
                    : $"May approve: {string.Join(", ", rules.Approvers)}{(rules.Signed ? $", with a key in {rules.AllowedSigners}" : "")}."
            );
        }
    }

    async Task<Dictionary<long, SignatureCheck>> VerifiedAsync(
        IReadOnlyList<LedgerEvent> events,
        ApprovalSettings rules,
        ApprovalSubject subject,
        CancellationToken cancel
    )
    {
        var checks = new Dictionary<long, SignatureCheck>();
        var approvals = events
            .Select(Approval.Of)
            .OfType<Approval>()
            .Where(approval => approval.Subject.Environment == subject.Environment);
        foreach (var approval in rules.Signed ? approvals : [])
        {
            if (approval.Signature is { } signature)
            {
                checks[approval.Sequence] = await signatures.VerifyAsync(
                    approval.Payload,
                    signature,
                    approval.At,
                    await allowed(rules),
                    cancel
                );
            }
        }

        return checks;
    }

    /// <summary>The ledger keeps milliseconds; what is signed must be what is read back.</summary>
    static DateTimeOffset Whole(DateTimeOffset at) => EventHash.Time(EventHash.Time(at));
}
