using ReleaseRecipes.Approvals;
using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Reading;

/// <summary>Turns the ledger's events into what the pages show. Pure; an event that does not say what it should is shown as far as it does.</summary>
static class Overviews
{
    public static Overview Of(
        string repository,
        IReadOnlyList<LedgerEvent> events,
        LedgerHead head,
        IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> commits
    ) =>
        new(
            repository,
            head.Count,
            [.. head.State.Environments.Values.OrderBy(place => Order(events, place.Name))],
            [.. events.GroupBy(fact => fact.Release).Select(Row).OrderByDescending(row => row.At)],
            ProductionDeployments.Of(events, Production(head.State), commits)
        );

    /// <summary>The environment that users are in: the one called production, or else the one that is deployed last.</summary>
    static string? Production(LedgerState state) =>
        state.Environments.ContainsKey("production") ? "production" : state.Environments.Keys.LastOrDefault();

    static long Order(IReadOnlyList<LedgerEvent> events, string environment) =>
        events.FirstOrDefault(fact => fact.Text("environment") == environment)?.Sequence ?? long.MaxValue;

    static ReleaseRow Row(IGrouping<string, LedgerEvent> release)
    {
        var facts = release.ToList();
        var planned = facts.LastOrDefault(fact => fact.Kind == EventKinds.Planned);
        var state = LedgerFold.Of(facts).Newest?.State ?? "draft";
        return new ReleaseRow(
            release.Key,
            state,
            (planned ?? facts[0]).At,
            (planned ?? facts[0]).Actor,
            planned?.Text("commit") ?? "",
            planned?.Text("reason"),
            [.. facts.Where(fact => fact.Kind == EventKinds.Verified).Select(fact => fact.Text("environment")).OfType<string>().Distinct()],
            [
                .. facts
                    .Where(fact => fact.Kind == EventKinds.Gate)
                    .GroupBy(Name)
                    .Select(gate => new GateRow(gate.Key, gate.Last().Text("verdict") ?? "unknown")),
            ],
            state is "released" ? null : facts.Where(IsSetback).Select(fact => fact.Text("reason") ?? fact.Text("problem")).LastOrDefault()
        )
        {
            Admissions = [.. facts.Select(Admission.Of).OfType<Admission>()],
        };
    }

    static string Name(LedgerEvent gate) => gate.Text("name") ?? gate.Text("gate") ?? "gate";

    static bool IsSetback(LedgerEvent fact) =>
        fact.Kind is EventKinds.RolledBack or EventKinds.Failed or EventKinds.Paused or EventKinds.Aborted;
}
