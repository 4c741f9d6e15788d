using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
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
            ["weeks"] = new JsonArray([.. overview.Weeks.Select(Week)]),
            ["gates"] = new JsonArray([.. GateRate.Of(overview.Releases).Select(Gate)]),
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

    static JsonObject Week(WeekOfDeployments week) =>
        new()
        {
            ["start"] = week.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["good"] = week.Good,
            ["failed"] = week.Failed,
        };

    static JsonObject Gate(GateRate gate) =>
        new()
        {
            ["name"] = gate.Name,
            ["passed"] = gate.Passed,
            ["evaluated"] = gate.All,
        };

    static JsonObject Approval(Admission admission) =>
        new()
        {
            ["environment"] = admission.Environment,
            ["by"] = new JsonArray([.. admission.Approvers.Select(name => (JsonNode)Words.Person(name))]),
            ["overridden"] = admission.Overridden,
            ["reason"] = admission.Reason,
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
            ["approvals"] = new JsonArray([.. release.Admissions.Select(Approval)]),
            ["problem"] = release.Problem,
        };
}
