using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>The same as the page, for programs. Times are in UTC, durations in seconds, shares of one; null where there is no data.</summary>
static class OverviewJson
{
    public static JsonObject Of(Overview overview, string version) =>
        new()
        {
            ["dashboard"] = version,
            ["repository"] = overview.Repository,
            ["events"] = overview.Events,
            ["environments"] = new JsonArray([.. overview.Environments.Select(Environment)]),
            ["delivery"] = Delivery(overview.Delivery),
            ["releases"] = new JsonArray([.. overview.Releases.Select(Release)]),
        };

    public static JsonObject Of(ReleaseException problem) =>
        new()
        {
            ["problem"] = problem.What,
            ["where"] = problem.Where,
            ["todo"] = problem.Todo,
        };

    static JsonObject Environment(EnvironmentRecord place) =>
        new()
        {
            ["name"] = place.Name,
            ["version"] = place.Verified,
            ["state"] = place.State,
            ["candidate"] = place.Candidate,
            ["url"] = place.Url,
            ["weights"] = new JsonObject(place.Weights.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };

    static JsonObject Delivery(DeliveryMeasures measures) =>
        new()
        {
            ["deployments_per_week"] = measures.Frequency,
            ["lead_time"] = measures.LeadTime?.TotalSeconds,
            ["change_fail_rate"] = measures.FailRate,
            ["recovery_time"] = measures.Recovery?.TotalSeconds,
        };

    static JsonObject Release(ReleaseRow release) =>
        new()
        {
            ["version"] = release.Version,
            ["state"] = release.State,
            ["at"] = release.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["by"] = Words.Person(release.Actor),
            ["commit"] = release.Commit,
            ["reason"] = release.Reason,
            ["verified_in"] = new JsonArray([.. release.Verified.Select(name => (JsonNode)name)]),
            ["gates"] = new JsonArray([
                .. release.Gates.Select(gate => (JsonNode)new JsonObject { ["name"] = gate.Name, ["verdict"] = gate.Verdict }),
            ]),
            ["problem"] = release.Problem,
        };
}
