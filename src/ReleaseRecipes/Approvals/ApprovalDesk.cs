using System.Security.Cryptography;
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
        // As of now: the key of somebody who left does not count any more.
        var now = ledger.Clock.GetUtcNow();
        var checks = await SignatureChecks.OfAsync(signatures, events, rules, subject, _ => now, _ => allowed(rules), cancel);
        return ApprovalBook.Of(events, rules, subject, now, checks);
    }

    /// <summary>Why an approval of whoever runs the command would not count, as far as that is known before it is signed; null where it would.</summary>
    public async Task<string?> RefusalAsync(
        ApprovalSubject subject,
        ApprovalSettings rules,
        string? reason = null,
        bool overriding = false,
        CancellationToken cancel = default
    )
    {
        // Whose signature it will be shows only when it was made.
        var unsigned = rules.Signed ? rules with { Signed = false, Approvers = [], ExcludeInitiator = false } : rules;
        return await ProblemAsync(New(subject, rules, reason, overriding), unsigned, null, cancel);
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
        Refuse(await RefusalAsync(subject, rules, reason, overriding, cancel), subject, rules, overriding);
        var approval = New(subject, rules, reason, overriding);
        if (rules.Signed)
        {
            approval = approval with { Signature = await signatures.SignAsync(approval.Payload, cancel) };
            var check = await signatures.VerifyAsync(approval.Payload, approval.Signature, approval.At, await allowed(rules), cancel);
            Refuse(await ProblemAsync(approval, rules, check, cancel), subject, rules, overriding);
        }

        await ledger.AppendAsync(approval.ToEvent(), cancel);
        return await StandingAsync(subject, rules, cancel);
    }

    /// <summary>Takes back what whoever runs the command approved of a release for an environment, signed where the rules ask for it.</summary>
    /// <returns>Where the subject stands without it.</returns>
    public async Task<ApprovalStanding> RevokeAsync(
        ApprovalSubject subject,
        ApprovalSettings rules,
        string? reason = null,
        CancellationToken cancel = default
    )
    {
        var revocation = new Revocation(ledger.Actor, subject.Version, subject.Environment, Now)
        {
            Reason = reason is null ? null : ledger.Masked(reason),
            Nonce = Random(),
        };
        if (rules.Signed)
        {
            revocation = revocation with { Signature = await signatures.SignAsync(revocation.Payload, cancel) };
        }

        await ledger.AppendAsync(revocation.ToEvent(), cancel);
        return await StandingAsync(subject, rules, cancel);
    }

    // What is signed must be what is read back: the ledger hides secrets and keeps milliseconds.
    Approval New(ApprovalSubject subject, ApprovalSettings rules, string? reason, bool overriding)
    {
        var via =
            overriding ? Approval.ByOverride
            : rules.Signed ? "signed"
            : "prompt";
        return new Approval(ledger.Actor, subject, via, Now) { Reason = reason is null ? null : ledger.Masked(reason), Nonce = Random() };
    }

    /// <summary>What the book would say of it, with no other approval beside it.</summary>
    async Task<string?> ProblemAsync(Approval approval, ApprovalSettings rules, SignatureCheck? check, CancellationToken cancel)
    {
        var events = (await ledger.ReadAsync(approval.Subject.Version, cancel)).Where(fact => fact.Kind == EventKinds.Planned).ToList();
        var news = approval.ToEvent();
        var chained = EventHash.Chain(LedgerHead.Empty, news.Release, news.Kind, approval.At, approval.Approver, news.Data);
        var checks = new Dictionary<long, SignatureCheck>();
        if (check is not null)
        {
            checks[chained.Sequence] = check;
        }

        return ApprovalBook.Of([.. events, chained], rules, approval.Subject, approval.At, checks).Problems is [var problem, ..]
            ? problem
            : null;
    }

    static void Refuse(string? problem, ApprovalSubject subject, ApprovalSettings rules, bool overriding)
    {
        if (problem is null)
        {
            return;
        }

        var who =
            rules.Approvers.Count == 0
                ? "Ask somebody else."
                : $"May approve: {string.Join(", ", rules.Approvers)}{(rules.Signed ? $", with a key in {rules.AllowedSigners}" : "")}.";
        throw new ReleaseException(
            problem,
            $"{subject.Environment}, release {subject.Version}.",
            overriding && !rules.AllowOverride
                ? $"{who} Where overrides are wanted, approvals: {{ allow_override: true }} of {subject.Environment} allows them, by a commit of its own."
                : who,
            overriding ? ExitCodes.WrongInput : ExitCodes.Failed
        );
    }

    DateTimeOffset Now => EventHash.Time(EventHash.Time(ledger.Clock.GetUtcNow()));

    static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
