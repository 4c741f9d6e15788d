using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Tests.Ledger;

namespace ReleaseRecipes.Tests.Notifications;

public sealed class OutboxTests : IDisposable
{
    static readonly ReleaseNews News = new(Moment.Deployed, "shop-api", "1.4.0") { Environment = "staging" };

    readonly ReleaseLedger ledger = new(new MemoryLedgerStore(), new PassingTime(), "ada", Secrets.None);
    readonly List<string> warnings = [];

    [Test]
    public async Task Every_channel_is_told_once_of_one_key()
    {
        var (slack, email) = (new Listener("slack"), new Listener("email"));

        await Box(slack, email).TellAsync("1.4.0", News);
        await Box(slack, email).TellAsync("1.4.0", News);

        Assert.That((slack.Heard.Count, email.Heard.Count), Is.EqualTo((1, 1)));
        Assert.That((await ledger.ReadAsync("1.4.0")).Count(fact => fact.Kind == EventKinds.Notified), Is.EqualTo(2));
    }

    [Test]
    public async Task Other_news_and_other_occasions_are_told_too()
    {
        var slack = new Listener("slack");

        await Box(slack).TellAsync("1.4.0", News);
        await Box(slack).TellAsync("1.4.0", News with { Environment = "production" });
        await Box(slack).TellAsync("1.4.0", News with { Occasion = "2" });

        Assert.That(slack.Heard.Select(news => news.Key), Is.EqualTo(["deployed/staging", "deployed/production", "deployed/staging/2"]));
    }

    [Test]
    public async Task A_channel_that_fails_warns_and_alone_is_tried_again()
    {
        var email = new Listener("email");
        var slack = new Listener("slack") { Fails = new ReleaseException("Slack answered with 500.") };

        await Box(slack, email).TellAsync("1.4.0", News);
        slack.Fails = null;
        await Box(slack, email).TellAsync("1.4.0", News);

        Assert.That(warnings, Is.EqualTo(["slack could not be told that shop-api 1.4.0 is deployed to staging: Slack answered with 500."]));
        Assert.That((slack.Heard.Count, email.Heard.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_message_of_unknown_end_is_not_sent_twice()
    {
        var slack = new Listener("slack") { Fails = new TimeoutException("no answer") };

        await Box(slack).TellAsync("1.4.0", News);
        slack.Fails = null;
        await Box(slack).TellAsync("1.4.0", News);

        Assert.That(slack.Heard, Is.Empty);
        Assert.That(warnings, Has.Count.EqualTo(2).And.All.Contains("may not have been told"));
    }

    [Test]
    public async Task A_message_of_unknown_end_is_sent_again_where_the_other_side_does_not_have_it()
    {
        var jira = new Listener("jira") { Fails = new TimeoutException("no answer"), Told = Presence.Absent };

        await Box(jira).TellAsync("1.4.0", News);
        jira.Fails = null;
        await Box(jira).TellAsync("1.4.0", News);

        Assert.That(jira.Heard, Has.Count.EqualTo(1));
    }

    [Test]
    public void News_is_told_without_the_secrets_that_programs_wrote()
    {
        var news = News with
        {
            Reason = "push to https://x:hunter2@host failed",
            Notes = "hunter2",
            Subjects = ["fix: hunter2"],
            Next = "git push hunter2",
        };

        var told = news.Without(new Secrets(["hunter2"]));

        Assert.That(
            NewsText.Letter(told) + SlackNotifier.Text(told) + JiraNotifier.Text(told),
            Does.Not.Contain("hunter2").And.Contain("***")
        );
    }

    [Test]
    public async Task A_ledger_that_fails_is_a_warning_too()
    {
        ledger.Dispose();

        await Box(new Listener("slack")).TellAsync("1.4.0", News);

        Assert.That(warnings.Single(), Does.StartWith("Nobody could be told that"));
    }

    [Test]
    public async Task Nothing_is_recorded_where_nobody_is_to_be_told()
    {
        await Box().TellAsync("1.4.0", News);

        Assert.That((await ledger.HeadAsync()).Count, Is.EqualTo(0));
    }

    public void Dispose() => ledger.Dispose();

    Outbox Box(params INotifier[] notifiers) => new(ledger, notifiers, warnings.Add);

    sealed class Listener(string name) : INotifier
    {
        public string Name => name;

        public Exception? Fails { get; set; }

        public Presence Told { get; init; } = Presence.Unknown;

        public List<ReleaseNews> Heard { get; } = [];

        public Task TellAsync(ReleaseNews news, CancellationToken cancel)
        {
            if (Fails is { } problem)
            {
                return Task.FromException(problem);
            }

            Heard.Add(news);
            return Task.CompletedTask;
        }

        public Task<Presence> WasToldAsync(ReleaseNews news, CancellationToken cancel) => Task.FromResult(Told);
    }
}
