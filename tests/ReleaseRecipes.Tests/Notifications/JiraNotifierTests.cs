using System.Text.Json.Nodes;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Notifications;

public sealed class JiraNotifierTests
{
    static readonly ReleaseNews News = new(Moment.Deployed, "shop-api", "1.4.0")
    {
        Environment = "production",
        Subjects = ["feat: gift cards (SHOP-12)", "fix: SHOP-12 again, and SHOP-7", "docs: UTF-8"],
    };

    [Test]
    public async Task Each_issue_that_the_commits_name_gets_one_comment()
    {
        await using var jira = new LoopbackHttp(Answer);

        await Notifier(jira).TellAsync(News, default);

        var posts = jira.Requests.Where(request => request.Line.StartsWith("POST", StringComparison.Ordinal)).ToList();
        Assert.That(
            posts.Select(request => request.Line),
            Is.EqualTo(["POST /rest/api/2/issue/SHOP-12/comment HTTP/1.1", "POST /rest/api/2/issue/SHOP-7/comment HTTP/1.1"])
        );
        Assert.That(
            JsonNode.Parse(posts[0].Body)!["body"]!.GetValue<string>(),
            Does.StartWith("shop\\-api 1.4.0 is deployed to production.")
        );
        Assert.That(posts[0].Head, Does.Contain("Authorization: Bearer hunter2"));
    }

    [Test]
    public async Task An_issue_that_has_the_comment_gets_no_second_one()
    {
        var comments = new JsonObject
        {
            ["comments"] = new JsonArray(new JsonObject { ["body"] = JiraNotifier.Text(News) }),
        }.ToJsonString();
        await using var jira = new LoopbackHttp(_ => LoopbackHttp.Reply(200, comments));

        await Notifier(jira).TellAsync(News, default);

        Assert.That(jira.Requests.Select(request => request.Line.Split(' ')[0]), Is.All.EqualTo("GET"));
    }

    [TestCase("{code}rm -rf{code}", "\\{code\\}rm \\-rf\\{code\\}")]
    [TestCase("[ok|http://evil]", "\\[ok\\|http://evil\\]")]
    [TestCase("[~admin]", "\\[\\~admin\\]")]
    [TestCase("!http://evil/x.png!", "\\!http://evil/x.png\\!")]
    [TestCase("h1. x\nh2. y", "h1. x h2. y")]
    [TestCase("\" OR project = X", "\" OR project = X")]
    public void What_comes_from_outside_is_no_markup(string reason, string expected) =>
        Assert.That(JiraNotifier.Text(News with { Reason = reason }), Does.Contain(expected));

    [TestCase("SHOP-12", "SHOP-12")]
    [TestCase("(SHOP-12):", "SHOP-12")]
    [TestCase("A_B2-9", "A_B2-9")]
    [TestCase("shop-12 SHOP-0 SHOP-x S-1 -12 X1-SHOP-12 SHOP-12a CVE-2024-1 ../SHOP-1", "")]
    [TestCase("SHOP-99999999999999", "")]
    [TestCase("SHOP-1 OPS-2", "SHOP-1,OPS-2")]
    public void Issues_are_found_where_they_stand_alone(string text, string expected) =>
        Assert.That(string.Join(',', JiraIssues.In([text], project: null)), Is.EqualTo(expected));

    [Test]
    public void Only_issues_of_the_project_count() => Assert.That(JiraIssues.In(["SHOP-1 OPS-2 SHOPS-3"], "SHOP"), Is.EqualTo(["SHOP-1"]));

    [Test]
    public void A_line_of_dashes_is_read_in_no_time() =>
        Assert.That(JiraIssues.In([new string('-', 1_000_000) + string.Concat(Enumerable.Repeat("AB-", 100_000))], null), Is.Empty);

    [Test]
    public async Task A_token_that_is_refused_is_told_by_its_variable()
    {
        await using var jira = new LoopbackHttp(_ => LoopbackHttp.Reply(401, "hunter2"));

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(jira).TellAsync(News, default));

        Assert.That(problem!.ToString(), Does.Contain("JIRA_TOKEN").And.Not.Contain("hunter2"));
    }

    [TestCase("<html>")]
    [TestCase("")]
    [TestCase("{\"comments\": [")]
    [TestCase("[]")]
    [TestCase("{\"comments\": 1}")]
    [TestCase("{\"comments\": [null, 1, {\"body\": {}}]}")]
    public async Task An_answer_that_is_none_never_crashes(string body)
    {
        await using var jira = new LoopbackHttp(_ => LoopbackHttp.Reply(200, body));

        try
        {
            await Notifier(jira).TellAsync(News, default);
        }
        catch (ReleaseException)
        {
            Assert.That(jira.Requests, Is.Not.Empty);
        }
    }

    [Test]
    public void No_issue_is_told_of_plans() =>
        Assert.That(new JiraNotifier(null!, new JiraSettings(), null, "").Wants(News with { Moment = Moment.Planned }), Is.False);

    static string Answer(Request request) =>
        request.Line.Contains("UTF-8", StringComparison.Ordinal) ? LoopbackHttp.Reply(404)
        : request.Line.StartsWith("GET", StringComparison.Ordinal) ? LoopbackHttp.Reply(200, "{\"comments\":[{\"body\":\"hello\"}]}")
        : LoopbackHttp.Reply(201, "{}");

    static JiraNotifier Notifier(LoopbackHttp jira) =>
        new(new Post(Post.Client(), new PassingTime()), new JiraSettings { Url = jira.Address.ToString() }, null, "hunter2");
}
