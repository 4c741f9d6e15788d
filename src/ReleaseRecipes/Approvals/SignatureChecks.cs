using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Approvals;

/// <summary>Verifies the signatures of the approvals for one environment.</summary>
static class SignatureChecks
{
    /// <summary>What each signature came to, by the number of its event; nothing where the rules ask for none.</summary>
    /// <param name="signatures">Verifies them.</param>
    /// <param name="events">The events of the release.</param>
    /// <param name="rules">The environment's rules.</param>
    /// <param name="subject">What is about to be done.</param>
    /// <param name="asOf">The time at which a key must have been good.</param>
    /// <param name="allowed">Whose signatures count.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyDictionary<long, SignatureCheck>> OfAsync(
        Signatures signatures,
        IEnumerable<LedgerEvent> events,
        ApprovalSettings rules,
        ApprovalSubject subject,
        Func<Approval, DateTimeOffset> asOf,
        Func<Approval, Task<AllowedSigners>> allowed,
        CancellationToken cancel
    )
    {
        var checks = new Dictionary<long, SignatureCheck>();
        foreach (var approval in rules.Signed ? events.Select(Approval.Of).OfType<Approval>() : [])
        {
            if (approval.Signature is { } signature && approval.Subject.Environment == subject.Environment)
            {
                checks[approval.Sequence] = await signatures.VerifyAsync(
                    approval.Payload,
                    signature,
                    asOf(approval),
                    await allowed(approval),
                    cancel
                );
            }
        }

        return checks;
    }
}
