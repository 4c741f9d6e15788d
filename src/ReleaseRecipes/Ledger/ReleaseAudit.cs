using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Tagging;

namespace ReleaseRecipes.Ledger;

/// <summary>Holds what the ledger says of each release against the repository's tags, and its approvals against its plans.</summary>
static class ReleaseAudit
{
    public static IEnumerable<string> Problems(IReadOnlyList<LedgerEvent> events, IReadOnlyList<TagRef> tags)
    {
        var there = tags.ToDictionary(tag => tag.Name);
        foreach (var release in events.GroupBy(fact => fact.Release))
        {
            var plans = release
                .Where(fact => fact.Kind == EventKinds.Planned)
                .Select(fact => (Commit: LedgerFold.Text(fact, "commit"), Plan: LedgerFold.Text(fact, "plan")))
                .ToHashSet();
            var tagged = Tagged(release).ToHashSet();
            var found = release.SelectMany(fact =>
                fact.Kind switch
                {
                    EventKinds.Outcome when tagged.Contains(fact) => Tag(
                        fact,
                        there,
                        plans.Select(plan => plan.Plan),
                        NeverPublished(release)
                    ),
                    EventKinds.Approved when Approval.Of(fact) is { } approval => Approved(approval, fact, plans),
                    EventKinds.Revoked when Revocation.Of(fact) is { Signature: null } revocation => ByAnother(
                        "taking back",
                        revocation.Approver,
                        fact
                    ),
                    _ => [],
                }
            );
            foreach (var problem in found)
            {
                yield return problem;
            }
        }
    }

    /// <summary>The last word on each tag: where a release was tagged anew, the tag of the try before is gone for a reason.</summary>
    static IEnumerable<LedgerEvent> Tagged(IEnumerable<LedgerEvent> release) =>
        release
            .Where(fact => fact.Kind == EventKinds.Outcome && Effect.IsTag(LedgerFold.Text(fact, "key")))
            .GroupBy(fact => Making.Base(LedgerFold.Text(fact, "key")!))
            .Select(tries => tries.Last());

    /// <summary>Whether the last word on the release's push is that it failed for certain: its tags are where they were made, and nowhere else.</summary>
    static bool NeverPublished(IEnumerable<LedgerEvent> release) =>
        release.LastOrDefault(fact => Effect.Is(LedgerFold.Text(fact, "key"), "push"))?.Kind == EventKinds.Failure;

    static IEnumerable<string> Tag(LedgerEvent fact, Dictionary<string, TagRef> there, IEnumerable<string?> plans, bool neverPublished)
    {
        var outcome = fact.Data["outcome"] as JsonObject ?? [];
        var (name, commit) = (outcome["tag"]?.ToString() ?? "", outcome["commit"]?.ToString());
        if (!there.TryGetValue(name, out var tag))
        {
            if (neverPublished)
            {
                yield break;
            }

            yield return $"The tag {name} of release {fact.Release} is not here: fetch it (git fetch --tags), or find out who deleted it.";
        }
        else if (tag.Commit != commit)
        {
            yield return $"The tag {name} was moved: release {fact.Release} is commit {commit}, the tag is on {tag.Commit}.";
        }
        else if (TagMessage.Parse(tag.Message) is { } message && (message.Version != fact.Release || !plans.Contains(message.Plan)))
        {
            yield return $"The tag {name} says another version or plan than release {fact.Release} has.";
        }
    }

    static IEnumerable<string> Approved(Approval approval, LedgerEvent fact, HashSet<(string? Commit, string? Plan)> plans)
    {
        if (approval.Signature is null)
        {
            foreach (var problem in ByAnother("approval", approval.Approver, fact))
            {
                yield return problem;
            }
        }

        if (!plans.Any(plan => plan.Plan == approval.Subject.Plan))
        {
            yield return $"Event {approval.Sequence}: {approval.Approver} approved a plan that release {approval.Subject.Version} never had.";
        }
    }

    /// <summary>Without a signature, people speak for themselves only.</summary>
    static IEnumerable<string> ByAnother(string what, string who, LedgerEvent fact) =>
        Person.Parse(who).IsSame(Person.Parse(fact.Actor))
            ? []
            : [$"Event {fact.Sequence}: the {what} of {who} was recorded by {fact.Actor}, and nobody signed it."];
}
