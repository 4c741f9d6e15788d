using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Dashboard.Pages;
using ReleaseRecipes.Dashboard.Tests.Support;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Tests;

public sealed partial class PageTests
{
    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("' onmouseover='alert(1)")]
    [TestCase("</title><svg/onload=alert(1)>")]
    [TestCase("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [TestCase("javascript:alert(1)")]
    public async Task Hostile_text_stays_text_wherever_it_stands(string hostile)
    {
        using var history = new History { Actor = hostile };
        await history.PlannedAsync("9.9.9" + hostile, hostile);
        await history.AppendAsync("9.9.9" + hostile, EventKinds.Gate, new() { ["name"] = hostile, ["verdict"] = hostile });
        await history.AppendAsync("9.9.9" + hostile, EventKinds.Verified, new() { ["environment"] = hostile, ["url"] = hostile });
        await history.AppendAsync("9.9.9" + hostile, EventKinds.Failed, new() { ["problem"] = hostile });

        var page = OverviewPage.Show(await history.ReadAsync(), hostile).ToString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("<svg/"));
            Assert.That(Tags().Matches(page).Select(tag => tag.Value), Has.None.Match("on(error|load|mouseover)="));
            Assert.That(page, Does.Not.Contain("href=\"javascript:"));
        }
    }

    [Test]
    public async Task The_page_tells_where_each_environment_stands_and_why_a_release_was_taken_back()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        await history.PlannedAsync("1.1.0");
        await history.TrafficAsync("1.1.0");
        await history.RolledBackAsync("1.1.0", "1.0.0", "error_rate > 1%");

        var page = OverviewPage.Show(await history.ReadAsync(), "1.0.0").ToString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("<p class=\"version\">1.0.0</p>"));
            Assert.That(page, Does.Contain("<a href=\"http://127.0.0.1:8080/\""));
            Assert.That(page, Does.Contain("rolled back</span><span class=\"note\">error_rate &gt; 1%</span>"));
            Assert.That(page, Does.Contain("Ada Lovelace").And.Not.Contain("ada@example.com"));
        }
    }

    [Test]
    public async Task The_page_tells_the_trend_the_gates_the_approvals_and_the_way_back()
    {
        using var history = new History();
        await history.AppendAsync("1.0.0", EventKinds.Gate, new() { ["name"] = "unit_tests", ["verdict"] = "passed" });
        await history.ReleasedAsync("1.0.0");
        var admission = new Admission("production", "p", 2, ["Ada <ada@example.com>", "Bob <b@example.com>"], Overridden: true, "outage");
        await history.AppendAsync("1.1.0", EventKinds.Admitted, admission.ToJson());
        await history.AppendAsync("1.1.0", EventKinds.Gate, new() { ["name"] = "unit_tests", ["verdict"] = "failed" });
        await history.ReleasedAsync("1.1.0");
        await history.RolledBackAsync("1.1.0", "1.0.0", "error_rate > 1%");
        await history.ReleasedAsync("1.2.0");

        var overview = await history.ReadAsync();
        var page = OverviewPage.Show(overview, "1.0.0").ToString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Weeks, Has.Count.EqualTo(12));
            Assert.That(overview.Weeks[^1], Is.EqualTo(new WeekOfDeployments(new DateOnly(2026, 1, 5), 2, 1)));
            Assert.That(page, Does.Contain("week of 2026-01-05: 2 good, 1 taken back"));
            Assert.That(page, Does.Contain("<dt>unit_tests</dt><dd>50% <span class=\"quiet\">1 of 2</span>"));
            Assert.That(page, Does.Contain("production: Ada, Bob <strong class=\"bad\">overriding the rules</strong>: outage"));
            Assert.That(page, Does.Contain("./build.sh --target=Rollback --environment=production"));
            Assert.That(
                OverviewJson.Of(overview, "1.0.0")["gates"]![0]!.ToJsonString(),
                Is.EqualTo("""{"name":"unit_tests","passed":1,"evaluated":2}""")
            );
        }
    }

    [Test]
    public async Task Programs_get_the_same_as_json()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");

        var json = JsonNode.Parse(OverviewJson.Of(await history.ReadAsync(), "1.0.0").ToJsonString())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)json["environments"]![0]!["version"], Is.EqualTo("1.0.0"));
            Assert.That((string?)json["releases"]![0]!["state"], Is.EqualTo("released"));
            Assert.That((string?)json["releases"]![0]!["verified_in"]![0], Is.EqualTo("production"));
            Assert.That(json["delivery"]!["recovery_time"], Is.Null);
        }
    }

    [Test]
    public async Task A_repository_without_a_release_has_a_page_that_says_so()
    {
        using var history = new History();
        history.Repository.Commit("feat: first");

        Assert.That(OverviewPage.Show(await history.ReadAsync(), "1.0.0").ToString(), Does.Contain("Nothing was released yet."));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
