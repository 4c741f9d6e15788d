using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Notifications;

/// <summary>Comments on the Jira issues that the commits name. Each comment carries a mark, and where the mark is there already nothing is added.</summary>
/// <param name="post">How it is called.</param>
/// <param name="settings">Where.</param>
/// <param name="user">Who; null: the token is sent as a bearer token.</param>
/// <param name="token">The token.</param>
sealed class JiraNotifier(Post post, JiraSettings settings, string? user, string token) : INotifier
{
    public string Name => "jira";

    public bool Wants(ReleaseNews news) =>
        news.Moment is Moment.Deployed or Moment.RolledBack or Moment.Released && JiraIssues.In(news.Subjects, settings.Project).Count > 0;

    public async Task TellAsync(ReleaseNews news, CancellationToken cancel)
    {
        foreach (var issue in JiraIssues.In(news.Subjects, settings.Project))
        {
            var comments = await SendAsync(() => Request(HttpMethod.Get, issue, "?orderBy=-created&maxResults=100"), cancel);
            // Words such as UTF-8 look like issues and are none.
            if (comments is not null && !HasMark(comments.Body, Mark(news)))
            {
                var body = new JsonObject { ["body"] = Text(news) };
                await SendAsync(() => With(Request(HttpMethod.Post, issue), body), cancel);
            }
        }
    }

    /// <summary>Telling looks first: after an attempt of unknown end it may simply be done again.</summary>
    public Task<Presence> WasToldAsync(ReleaseNews news, CancellationToken cancel) => Task.FromResult(Presence.Absent);

    /// <summary>The comment in Jira's markup, in which nothing from outside is markup.</summary>
    internal static string Text(ReleaseNews news)
    {
        var lines = NewsText.Facts(news).Prepend(PlainText.Line(news.Headline) + ".").Append(Mark(news));
        return string.Join("\n", lines.Select(Escape));
    }

    static string Mark(ReleaseNews news) => PlainText.Line($"release-recipes {news.Application} {news.Version} {news.Key}");

    static bool HasMark(string answer, string mark) =>
        Comments(answer)
            .OfType<JsonObject>()
            .Any(comment =>
                comment["body"] is JsonValue body
                && body.TryGetValue<string>(out var text)
                && text.Split('\n')[^1].TrimEnd() == Escape(mark)
            );

    static JsonArray Comments(string answer)
    {
        try
        {
            if (JsonNode.Parse(answer) is JsonObject members && members["comments"] is JsonArray comments)
            {
                return comments;
            }
        }
        catch (JsonException)
        {
            // A page, or a cut-off answer: said below.
        }

        throw new ReleaseException("Jira's answer cannot be read.", todo: "Check notifications.jira.url.");
    }

    /// <summary>Null: there is no such issue.</summary>
    async Task<Answer?> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var answer = await post.SendAsync(request, "Jira", cancel);
        return answer.IsSuccess ? answer
            : answer.Status == HttpStatusCode.NotFound ? null
            : throw new ReleaseException(
                $"Jira answered with {(int)answer.Status}.",
                todo: answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? $"Check the token in {settings.TokenEnv}, and that it may comment."
                    : null
            );
    }

    HttpRequestMessage Request(HttpMethod method, string issue, string query = "")
    {
        var request = new HttpRequestMessage(method, $"{settings.Url!.TrimEnd('/')}/rest/api/2/issue/{issue}/comment{query}");
        request.Headers.Authorization = user is null
            ? new AuthenticationHeaderValue("Bearer", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{token}")));
        return request;
    }

    static HttpRequestMessage With(HttpRequestMessage request, JsonObject body)
    {
        request.Content = Post.Json(body);
        return request;
    }

    /// <summary>A backslash before every character that begins markup: macros, links, mentions, images, emphasis, tables, headings.</summary>
    static string Escape(string line)
    {
        var text = new StringBuilder();
        foreach (var character in line)
        {
            text.Append("{}[]!*_-+^~|\\#?@".Contains(character, StringComparison.Ordinal) ? "\\" : "").Append(character);
        }

        return text.ToString();
    }
}
