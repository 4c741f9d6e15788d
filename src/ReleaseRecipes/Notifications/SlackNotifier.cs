using System.Text;
using System.Text.Json.Nodes;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>Tells a Slack channel through an incoming webhook.</summary>
/// <param name="post">How it is called.</param>
/// <param name="webhook">The webhook's address, which is a secret: it never gets into a message.</param>
sealed class SlackNotifier(Post post, Uri webhook) : INotifier
{
    const int LongestText = 3000;

    public string Name => "slack";

    public async Task TellAsync(ReleaseNews news, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["text"] = Text(news),
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
        var answer = await post.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, webhook) { Content = Post.Json(body) },
            "Slack",
            cancel
        );
        // A proxy's page in place of Slack's answer comes with 200 as well.
        if (!answer.IsSuccess || answer.Body.Trim() != "ok")
        {
            throw new ReleaseException(
                $"Slack did not take the message: {(int)answer.Status} {NewsText.Short(PlainText.Line(answer.Body), 100)}",
                todo: "Check the webhook in Slack's settings."
            );
        }
    }

    /// <summary>The message in Slack's markup, in which nothing from outside is markup.</summary>
    internal static string Text(ReleaseNews news)
    {
        var text = new StringBuilder();
        text.Append(Emoji(news.Moment)).Append(" *").Append(Escape(PlainText.Line(news.Headline))).Append('*');
        foreach (var fact in NewsText.Facts(news))
        {
            text.Append('\n').Append(Escape(fact));
        }

        foreach (var subject in NewsText.Subjects(news))
        {
            var line = $"\n• {Escape(subject)}";
            if (text.Length + line.Length > LongestText)
            {
                text.Append("\n• …");
                break;
            }

            text.Append(line);
        }

        return text.ToString();
    }

    static string Emoji(Moment moment) =>
        moment switch
        {
            Moment.Planned => "📋",
            Moment.ApprovalNeeded => "✋",
            Moment.Deployed => "🚀",
            Moment.Released => "🎉",
            _ => "🚨",
        };

    /// <summary>Slack's three control characters: without them there is no mention, no link and no channel to ring.</summary>
    static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
