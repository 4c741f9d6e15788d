using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Ledger;

/// <summary>Verifies every signature on an approval, or on the taking back of one.</summary>
static class SignatureAudit
{
    public static async Task<IReadOnlyList<string>> ProblemsAsync(
        Signatures signatures,
        RulesInTime? rules,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancel
    )
    {
        var signed = new List<Signed>();
        var plans = new Dictionary<string, LedgerEvent>();
        foreach (var fact in events)
        {
            if (fact.Kind == EventKinds.Planned)
            {
                plans[fact.Release] = fact;
            }
            else if (Signed.Of(fact, plans.GetValueOrDefault(fact.Release)) is { } one)
            {
                signed.Add(one);
            }
        }

        if (signed.Count == 0)
        {
            return [];
        }

        if (rules is null)
        {
            return [$"The signatures of {signed.Count} approvals cannot be verified: nobody said whose signatures count."];
        }

        var problems = new string?[signed.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel };
        await Parallel.ForAsync(
            0,
            signed.Count,
            options,
            async (at, stop) => problems[at] = await signed[at].ProblemAsync(signatures, rules, stop)
        );
        var used = signed
            .Where(one => one.Signature is not null)
            .GroupBy(one => one.Signature)
            .Where(group => group.Count() > 1)
            .Select(group =>
                $"Events {string.Join(", ", group.Select(one => one.Sequence))} carry the same signature: an approval was replayed."
            );
        return [.. problems.OfType<string>(), .. used];
    }

    /// <summary>Something that somebody signed, or ought to have.</summary>
    sealed record Signed(
        string What,
        string Who,
        string Environment,
        DateTimeOffset At,
        string Payload,
        string? Signature,
        long Sequence,
        LedgerEvent? Plan
    )
    {
        public static Signed? Of(LedgerEvent fact, LedgerEvent? plan) =>
            Approval.Of(fact) is { } given
                ? given is { Signature: null, Via: not "signed" }
                    ? null
                    : new Signed(
                        "approval",
                        given.Approver,
                        given.Subject.Environment,
                        given.At,
                        given.Payload,
                        given.Signature,
                        given.Sequence,
                        plan
                    )
                : Revocation.Of(fact) is { Signature: not null } taken
                    ? new Signed(
                        "revocation",
                        taken.Approver,
                        taken.Environment,
                        taken.At,
                        taken.Payload,
                        taken.Signature,
                        taken.Sequence,
                        plan
                    )
                    : null;

        public async Task<string?> ProblemAsync(Signatures signatures, RulesInTime rules, CancellationToken cancel)
        {
            var settings = Plan is null ? null : await rules.RulesAsync(Plan, Environment, At);
            var allowed = await rules.SignersAsync((settings ?? new()).AllowedSigners, At);
            var check = Signature is null
                ? SignatureCheck.Bad("it is not signed")
                : await signatures.VerifyAsync(Payload, Signature, At, allowed, cancel);
            return check.Problem is { } problem ? $"Event {Sequence}: the {What} of {Who} does not count: {problem}."
                : Person.Parse(Who).IsSame(Person.Parse(check.Signer!)) ? null
                : $"Event {Sequence}: the {What} of {Who} was signed by {check.Signer}.";
        }
    }
}
