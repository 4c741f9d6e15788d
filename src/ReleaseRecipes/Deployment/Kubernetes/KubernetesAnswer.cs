using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>What the API server, or kubectl in its place, said to a request.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Body">The object; a Status where it failed.</param>
/// <param name="Text">The words where the answer is no JSON: kubectl's own, about what keeps it from the server.</param>
/// <param name="At">The server's time.</param>
sealed record KubernetesAnswer(int Code, JsonObject Body, string? Text, DateTimeOffset At)
{
    static readonly string[] Passing =
    [
        "connection refused",
        "connection reset",
        "i/o timeout",
        "TLS handshake timeout",
        "EOF",
        "broken pipe",
        "no route to host",
        "network is unreachable",
        "context deadline exceeded",
    ];

    public bool Succeeded => Code is >= 200 and < 300;

    /// <summary>Whether the server itself answered.</summary>
    public bool IsOfServer => Text is null || Code is not (500 or 502);

    /// <summary>The Status' reason.</summary>
    public string? Reason => Body.Text("reason");

    /// <summary>The Status' message, in one line.</summary>
    public string Message => (Text ?? Body.Text("message") ?? $"HTTP {Code}").ReplaceLineEndings(" ").Trim();

    /// <summary>Whether it may work in a moment.</summary>
    public bool IsPassing =>
        Code is 429 or 502 or 503 or 504
        || Code == 500 && (IsOfServer || Passing.Any(words => Message.Contains(words, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether there certainly is no such object.</summary>
    public bool IsAbsent => Code == 404 && Reason == "NotFound";

    /// <summary>Whether another writer was faster.</summary>
    public bool IsOvertaken => Code == 409 && Reason is "Conflict" or "AlreadyExists" && !FieldConflict.Of(Body).Any();

    public static async Task<KubernetesAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        var at = response.Headers.Date ?? DateTimeOffset.UtcNow;
        try
        {
            return JsonNode.Parse(text) is JsonObject body
                ? new KubernetesAnswer((int)response.StatusCode, body, null, at)
                : new KubernetesAnswer((int)response.StatusCode, [], text, at);
        }
        catch (JsonException)
        {
            return new KubernetesAnswer((int)response.StatusCode, [], text, at);
        }
    }
}
