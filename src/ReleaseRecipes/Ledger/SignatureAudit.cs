using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Ledger;

/// <summary>Verifies every signed approval of the ledger.</summary>
static class SignatureAudit
{
    public static async Task<IReadOnlyList<string>> ProblemsAsync(
        Signatures signatures,
        AllowedSigners? signers,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancel
    )
    {
        var signed = events
            .Where(fact => fact.Kind == EventKinds.Approved)
            .Select(Approval.Of)
            .OfType<Approval>()
            .Where(approval => approval.Signature is not null || approval.Via == "signed")
            .ToList();
        if (signed.Count == 0)
        {
            return [];
        }

        if (signers is null)
        {
            return [$"The signatures of {signed.Count} approvals cannot be verified: nobody said whose signatures count."];
        }

        var problems = new string?[signed.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel };
        await Parallel.ForAsync(0, signed.Count, options, async (at, stop) => problems[at] = await ProblemAsync(signed[at], stop));
        var used = signed
            .Where(approval => approval.Signature is not null)
            .GroupBy(approval => approval.Signature)
            .Where(group => group.Count() > 1)
            .Select(group =>
                $"Events {string.Join(", ", group.Select(one => one.Sequence))} carry the same signature: an approval was replayed."
            );
        return [.. problems.OfType<string>(), .. used];

        async Task<string?> ProblemAsync(Approval approval, CancellationToken stop)
        {
            var check = approval.Signature is null
                ? SignatureCheck.Bad("it is not signed")
                : await signatures.VerifyAsync(approval.Payload, approval.Signature, approval.At, signers, stop);
            return check.Problem is { } problem
                    ? $"Event {approval.Sequence}: the approval of {approval.Approver} does not count: {problem}."
                : Person.Parse(approval.Approver).IsSame(Person.Parse(check.Signer!)) ? null
                : $"Event {approval.Sequence}: the approval of {approval.Approver} was signed by {check.Signer}.";
        }
    }
}
