using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Approvals;

/// <summary>Holds the recorded approvals of a release against the rules of an environment. Pure; what cannot be shown to count does not count.</summary>
public static class ApprovalBook
{
    /// <summary>Where a subject stands.</summary>
    /// <param name="events">The events of the release.</param>
    /// <param name="rules">The environment's rules.</param>
    /// <param name="subject">What is about to be done.</param>
    /// <param name="now">Against which approvals expire.</param>
    /// <param name="signatures">What the verification of each signature said, by the number of its event.</param>
    public static ApprovalStanding Of(
        IReadOnlyList<LedgerEvent> events,
        ApprovalSettings rules,
        ApprovalSubject subject,
        DateTimeOffset now,
        IReadOnlyDictionary<long, SignatureCheck>? signatures = null
    )
    {
        if (!rules.Required)
        {
            return new ApprovalStanding(0, [], [], Satisfied: true);
        }

        var judge = new ApprovalJudge(rules, subject, now, Initiators(events), signatures ?? new Dictionary<long, SignatureCheck>());
        foreach (var fact in events)
        {
            judge.Hear(fact);
        }

        return judge.Standing();
    }

    /// <summary>Who started the release.</summary>
    public static IReadOnlyList<Person> Initiators(IReadOnlyList<LedgerEvent> events) =>
        [.. events.Where(fact => fact.Kind == EventKinds.Planned).Select(fact => Person.Parse(fact.Actor)).Distinct()];
}
