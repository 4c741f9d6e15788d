using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Notifications;

/// <summary>
/// HTTP calls of the notifiers: no redirect is followed (it would carry the token to another host), answers are bounded, and what
/// the server asks to be tried again is, a few times, as it says when.
/// </summary>
/// <param name="http">The client; its handler must not follow redirects.</param>
/// <param name="clock">Where the waiting comes from.</param>
sealed class Post(HttpClient http, TimeProvider clock)
{
    const int Attempts = 4;
    const int LargestAnswer = 1024 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>A client that follows no redirects.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Calls until the server gives an answer that is one.</summary>
    /// <param name="request">Makes the request, anew for each attempt.</param>
    /// <param name="who">Who is called, for messages; never the address, which may be a secret.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ReleaseException">The call certainly had no effect.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time: the call may have had its effect.</exception>
    public async Task<Answer> SendAsync(Func<HttpRequestMessage> request, string who, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, problem, pause) = await TryAsync(request, who, cancel);
            if (answer is not null)
            {
                return answer;
            }

            var wait = pause ?? TimeSpan.FromSeconds(1 << attempt);
            if (attempt == Attempts || wait > LongestWait)
            {
                throw problem!;
            }

            await Task.Delay(wait, clock, cancel);
        }
    }

    async Task<(Answer?, ReleaseException?, TimeSpan? Wait)> TryAsync(Func<HttpRequestMessage> make, string who, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var request = make();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status is 429 or >= 500)
            {
                return (null, new ReleaseException($"{who} answered with {status}."), RetryAfter(response));
            }

            if (status is >= 300 and < 400)
            {
                throw new ReleaseException(
                    $"{who} answered with a redirect, which is not followed.",
                    todo: "Write the address that it leads to."
                );
            }

            return (new Answer(response.StatusCode, await ReadAsync(response, limit.Token)), null, null);
        }
        catch (HttpRequestException problem) when (NeverArrived(problem.HttpRequestError))
        {
            return (null, new ReleaseException($"{who} cannot be reached: {problem.HttpRequestError}.", inner: problem), null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{who} did not answer within {Durations.Format(Patience)}.");
        }
    }

    static bool NeverArrived(HttpRequestError error) =>
        error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[LargestAnswer];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>A JSON body.</summary>
    public static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}

/// <summary>What a server answered: at most a mebibyte of it.</summary>
sealed record Answer(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
