using System.Text.Json.Nodes;
using ReleaseRecipes.Notifications;

namespace ReleaseRecipes.Tests.Notifications;

public sealed class SlackNotifierTests
{
    static readonly ReleaseNews News = new(Moment.Deployed, "shop-api", "1.4.0")
    {
        Environment = "production",
        Previous = "1.3.2",
        Url = new Uri("http://127.0.0.1:8080/"),
        Subjects = ["feat(cart): gift cards", "fix: rounding"],
    };

    [Test]
    public async Task The_channel_is_told_what_happened()
    {
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(200, "ok"));

        await Notifier(slack).TellAsync(News, default);

        var text = JsonNode.Parse(slack.Requests.Single().Body)!["text"]!.GetValue<string>();
        Assert.That(
            text,
            Is.EqualTo(
                """
                🚀 *shop-api 1.4.0 is deployed to production*
                The version before is 1.3.2.
                http://127.0.0.1:8080/
                • feat(cart): gift cards
                • fix: rounding
                """.ReplaceLineEndings("\n")
            )
        );
    }

    [TestCase("<!channel> look", "&lt;!channel&gt; look")]
    [TestCase("<http://evil|ok>", "&lt;http://evil|ok&gt;")]
    [TestCase("<@U123>", "&lt;@U123&gt;")]
    [TestCase("a & b", "a &amp; b")]
    [TestCase("x\ny\r\u001b[2Jz", "x y �[2Jz")]
    public void What_a_commit_says_is_no_markup(string subject, string expected) =>
        Assert.That(
            SlackNotifier.Text(News with { Subjects = [subject] }),
            Does.Contain("• " + expected).Or.Contain("• " + expected.Replace("y �", "y  �"))
        );

    [Test]
    public void A_thousand_commits_do_not_make_a_message_that_is_refused()
    {
        var text = SlackNotifier.Text(News with { Subjects = [.. Enumerable.Repeat(new string('x', 5000), 1000)] });

        Assert.That(text.Length, Is.LessThan(3500));
    }

    [Test]
    public async Task A_server_that_asks_for_patience_gets_it()
    {
        var answers = new Queue<string>([
            LoopbackHttp.Reply(429, header: "Retry-After: 7"),
            LoopbackHttp.Reply(503),
            LoopbackHttp.Reply(200, "ok"),
        ]);
        await using var slack = new LoopbackHttp(_ => answers.Dequeue());
        var clock = new PassingTime();

        await Notifier(slack, clock).TellAsync(News, default);

        Assert.That(clock.Waits, Is.EqualTo([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(4)]));
    }

    [TestCase("Retry-After: 3600")]
    [TestCase("Retry-After: Sun, 01 Mar 2026 13:00:00 GMT")]
    public async Task A_server_that_asks_for_too_much_patience_is_given_up(string header)
    {
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(429, header: header));

        await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));

        Assert.That(slack.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_stays_broken_is_given_up()
    {
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(500, "secret details"));

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));

        Assert.That(slack.Requests, Has.Count.EqualTo(4));
        Assert.That(problem!.Message, Is.EqualTo("Slack answered with 500."));
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = new LoopbackHttp(_ => LoopbackHttp.Reply(200, "ok"));
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(302, header: $"Location: {other.Address}"));

        await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));

        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task A_page_in_place_of_an_answer_is_a_failure()
    {
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(200, "<html>Please log in</html>"));

        await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));
    }

    [Test]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        await using var slack = new LoopbackHttp(_ =>
            "HTTP/1.1 200 X\r\nContent-Length: 9999999999\r\n\r\n" + new string('x', 2 * 1024 * 1024)
        );

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));

        Assert.That(problem!.Message, Has.Length.LessThan(300));
    }

    [Test]
    public async Task The_webhook_is_in_no_message()
    {
        await using var slack = new LoopbackHttp(_ => LoopbackHttp.Reply(404, "no_service"));

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(slack).TellAsync(News, default));

        Assert.That(problem!.ToString(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Where_a_server_does_not_answer_it_is_unknown_whether_it_was_told()
    {
        await using var slack = new LoopbackHttp(_ => "");

        await Assert.ThrowsAsync<TimeoutException>(() => Notifier(slack, new PassingTime(patienceEnds: true)).TellAsync(News, default));
    }

    static SlackNotifier Notifier(LoopbackHttp slack, TimeProvider? clock = null) =>
        new(new Post(Post.Client(), clock ?? new PassingTime()), new Uri(slack.Address, "/services/T0/B0/hunter2"));
}
