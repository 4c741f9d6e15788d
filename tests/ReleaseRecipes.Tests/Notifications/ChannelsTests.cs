using ReleaseRecipes.Notifications;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Strategy;

namespace ReleaseRecipes.Tests.Notifications;

public sealed class ChannelsTests
{
    [Test]
    public void The_seed_example_says_what_its_channels_lack()
    {
        var channels = Channels.Of(StrategyFile.Read(Samples.Seed, "x").Notifications, _ => null, TimeProvider.System);

        Assert.That(channels.Ready, Is.Empty);
        Assert.That(
            channels.Missing.Select(gap => gap.What),
            Is.EqualTo([
                "email has no server",
                "email has no sender",
                "email has no address to write to",
                "the environment variable SLACK_WEBHOOK_URL is not set",
                "jira has no server",
                "the environment variable JIRA_TOKEN is not set",
            ])
        );
    }

    [Test]
    public void A_channel_that_lacks_nothing_is_ready()
    {
        var settings = StrategyFile.Read(Samples.Everything, "x").Notifications with { Channels = ["email", "slack", "jira", "pager"] };

        var channels = Channels.Of(settings, _ => "https://hooks.example.com/x", TimeProvider.System);

        Assert.That(channels.Ready.Select(notifier => notifier.Name), Is.EqualTo(["email", "slack", "jira"]));
        Assert.That(channels.Missing, Is.Empty);
    }

    [TestCase("http://hooks.slack.com/x")]
    [TestCase("hooks.slack.com")]
    [TestCase("file:///etc/passwd")]
    public void A_webhook_that_is_not_encrypted_is_not_used_and_not_shown(string webhook)
    {
        var channels = Channels.Of(new NotificationSettings { Channels = ["slack"] }, _ => webhook, TimeProvider.System);

        Assert.That(channels.Ready, Is.Empty);
        Assert.That(channels.Missing.Single().What, Does.Contain("https://").And.Not.Contain(webhook));
    }

    [Test]
    public void A_stakeholder_without_an_address_is_named()
    {
        var settings = new NotificationSettings
        {
            Channels = ["email"],
            Stakeholders = ["dev", "qa"],
            Email = new EmailSettings
            {
                Host = "h",
                From = "a@b",
                Addresses = new Dictionary<string, string> { ["dev"] = "dev@example.com" },
            },
        };

        var channels = Channels.Of(settings, _ => null, TimeProvider.System);

        Assert.That(channels.Ready.Single().Name, Is.EqualTo("email"));
        Assert.That(channels.Missing.Single().What, Is.EqualTo("qa has no address"));
    }
}
