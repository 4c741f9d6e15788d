using System.Globalization;
using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Ledger;

/// <summary>The record as an auditor reads it: release by release, who did what, when, and on whose approval.</summary>
public static class AuditText
{
    /// <summary>The events as they are kept, one canonical JSON object a line.</summary>
    public static IEnumerable<string> JsonLines(IEnumerable<LedgerEvent> events, AuditFilter? filter = null) =>
        events.Where((filter ?? new()).Includes).Select(EventHash.ToLine);

    /// <summary>The report's lines, without the lines' ends.</summary>
    public static IEnumerable<string> Report(IEnumerable<LedgerEvent> events, AuditFilter? filter = null)
    {
        var releases = events.Where((filter ?? new()).Includes).GroupBy(fact => fact.Release).ToList();
        if (releases.Count == 0)
        {
            yield return "No events.";
        }

        foreach (var line in releases.SelectMany(release => Release([.. release])))
        {
            yield return line;
        }
    }

    static IEnumerable<string> Release(IReadOnlyList<LedgerEvent> events)
    {
        var state = LedgerFold.Of(events);
        var (first, last) = (events[0], events[^1]);
        yield return $"Release {first.Release}: {state.Newest?.State ?? "known only in part"}, {Minute(first.At)} to {Minute(last.At)} UTC";
        if (state.Newest is { } record)
        {
            yield return $"  commit {record.Commit}, plan {record.Plan}, begun by {first.Actor}";
        }

        foreach (var line in events.Select(fact => (fact, What: EventText.Describe(fact))).Where(line => line.What is not null))
        {
            yield return $"  {line.fact.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {line.fact.Actor}: {line.What}";
        }

        foreach (var verified in events.Where(fact => fact.Kind == EventKinds.Verified))
        {
            var environment = LedgerFold.Text(verified, "environment");
            var approvers = Approvers(events, verified, environment);
            yield return $"  {environment}: deployed by {verified.Actor}, {(approvers.Count == 0 ? "no approval recorded" : "on the approval of " + string.Join(", ", approvers))}";
        }

        yield return "";
    }

    /// <summary>Whose approvals stood when the version was verified there.</summary>
    static List<string> Approvers(IReadOnlyList<LedgerEvent> events, LedgerEvent verified, string? environment)
    {
        var standing = new List<string>();
        foreach (var fact in events.Where(fact => fact.Sequence < verified.Sequence && LedgerFold.Text(fact, "environment") == environment))
        {
            if (Approval.Of(fact) is { } approval)
            {
                standing.Add(approval.Via == "prompt" ? approval.Approver : $"{approval.Approver} ({approval.Via})");
            }
            else if (fact.Kind == EventKinds.Revoked && LedgerFold.Text(fact, "approver") is { } name)
            {
                standing.RemoveAll(one => Person.Parse(one).IsSame(Person.Parse(name)));
            }
        }

        return [.. standing.Distinct()];
    }

    static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
