using ReleaseRecipes.Approvals;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Ledger;

/// <summary>Holds every deployment against the approvals that its strategy asked for at the time.</summary>
static class ApprovalAudit
{
    public static async Task<IReadOnlyList<string>> ProblemsAsync(
        Signatures signatures,
        RulesInTime? rules,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancel
    )
    {
        var problems = new List<string>();
        foreach (var release in rules is null ? [] : events.GroupBy(fact => fact.Release))
        {
            var before = new List<LedgerEvent>();
            foreach (var fact in release)
            {
                if (await ProblemAsync(signatures, rules!, before, fact, cancel) is { } problem)
                {
                    problems.Add(problem);
                }

                before.Add(fact);
            }
        }

        return problems;
    }

    static async Task<string?> ProblemAsync(
        Signatures signatures,
        RulesInTime rules,
        List<LedgerEvent> before,
        LedgerEvent fact,
        CancellationToken cancel
    )
    {
        var environment = LedgerFold.Text(fact, "environment");
        var planned = before.FindLast(earlier => earlier.Kind == EventKinds.Planned);
        if (fact.Kind is not (EventKinds.RolloutStarted or EventKinds.Admitted) || environment is null || planned is null)
        {
            return null;
        }

        // Rules that nobody can know any more accuse nobody.
        if (await rules.RulesAsync(planned, environment, fact.At) is not { Required: true } settings)
        {
            return null;
        }

        var subject = Subject(before, planned, environment);
        var checks = await SignatureChecks.OfAsync(
            signatures,
            before,
            settings,
            subject,
            approval => approval.At,
            approval => rules.SignersAsync(settings.AllowedSigners, approval.At),
            cancel
        );
        var standing = ApprovalBook.Of(before, settings, subject, fact.At, checks);
        return standing.Satisfied ? null
            : fact.Kind == EventKinds.Admitted
                ? $"Event {fact.Sequence} says that {environment} was approved for {fact.Release}, and {standing.Missing} was missing."
            : $"Event {fact.Sequence}: {fact.Release} went to {environment} without the approval that its strategy asks for: {standing.Missing} was missing.";
    }

    static ApprovalSubject Subject(List<LedgerEvent> before, LedgerEvent planned, string environment)
    {
        var package = before.FindLast(fact => fact.Kind == EventKinds.Step && LedgerFold.Text(fact, "step") == "Package");
        return new ApprovalSubject(
            planned.Release,
            LedgerFold.Text(planned, "commit") ?? "",
            package?.Data["package"]?["digest"]?.GetValue<string>() ?? "",
            LedgerFold.Text(planned, "plan") ?? "",
            environment
        );
    }
}
