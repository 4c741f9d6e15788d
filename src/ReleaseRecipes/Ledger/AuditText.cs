using System.Globalization;
using ReleaseRecipes.Approvals;

namespace ReleaseRecipes.Ledger;

/// <summary>The record as an auditor reads it: release by release, who did what, when, and on whose approval.</summary>
public static class AuditText
{
    /// <summary>The events as they are kept, one canonical JSON object a line.</summary>
    public static IEnumerable<string> JsonLines(IEnumerable<LedgerEvent> events, AuditFilter? filter = null) =>
        events.Where((filter ?? new()).Includes).Select(EventHash.ToLine);

    /// <summary>The report's lines, without the lines' ends: what there is in figures, then every release that anything happened to.</summary>
    public static IEnumerable<string> Report(IEnumerable<LedgerEvent> events, AuditFilter? filter = null)
    {
        filter ??= new();
        var releases = events.GroupBy(fact => fact.Release).Where(release => release.Any(filter.Includes)).ToList();
        if (releases.Count == 0)
        {
            return ["No events."];
        }

        return
        [
            .. Figures(releases.SelectMany(release => release.Where(filter.Includes)).ToList(), releases.Count, filter),
            .. releases.SelectMany(release => Release([.. release], filter)),
        ];
    }

    static IEnumerable<string> Figures(List<LedgerEvent> events, int releases, AuditFilter filter)
    {
        int Count(string kind) => events.Count(fact => fact.Kind == kind);
        var overrides = events.Select(Admission.Of).OfType<Admission>().Count(admission => admission.Overridden);
        yield return $"Period     {(filter.From is { } from ? Time(from) : "the beginning")} to {(filter.To is { } to ? Time(to) : "now")}, UTC";
        yield return $"Events     {events.Count} of {releases} release{(releases == 1 ? "" : "s")}, numbers {events.Min(fact => fact.Sequence)} to {events.Max(fact => fact.Sequence)}";
        yield return $"Deployed   {Count(EventKinds.Verified)}, rolled back {Count(EventKinds.RolledBack)}";
        yield return $"Approvals  {Count(EventKinds.Approved)} given, {Count(EventKinds.Revoked)} taken back, rules overridden {overrides} time{(overrides == 1 ? "" : "s")}";
        yield return "";
    }

    static IEnumerable<string> Release(IReadOnlyList<LedgerEvent> events, AuditFilter filter)
    {
        var state = LedgerFold.Of(events);
        var (first, last) = (events[0], events[^1]);
        yield return $"Release {first.Release}: {state.Newest?.State ?? "known only in part"}, {Minute(first.At)} to {Minute(last.At)} UTC";
        if (state.Newest is { } record)
        {
            yield return $"  commit {record.Commit}, plan {record.Plan}, begun by {first.Actor}";
        }

        foreach (var fact in events.Where(filter.Includes))
        {
            if (EventText.Describe(fact) is { } what)
            {
                yield return $"  {Time(fact.At)}  {fact.Actor}: {what}";
            }
        }

        foreach (var verified in events.Where(fact => fact.Kind == EventKinds.Verified && filter.Includes(fact)))
        {
            var environment = LedgerFold.Text(verified, "environment");
            var admission = events
                .TakeWhile(fact => fact.Sequence < verified.Sequence)
                .Select(Admission.Of)
                .LastOrDefault(admission => admission?.Environment == environment);
            yield return $"  {environment}: deployed by {verified.Actor} {Time(verified.At)}, {admission?.ToString() ?? "no approval was asked for"}";
        }

        yield return "";
    }

    static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
