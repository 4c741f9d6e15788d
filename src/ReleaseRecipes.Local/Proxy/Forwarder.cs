using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ReleaseRecipes.Local.Routing;
using ReleaseRecipes.Local.Supervision;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>Passes users' requests on to instances, and measures what comes of them.</summary>
sealed class Forwarder(Router router)
{
    /// <summary>How long an instance may be silent before its answer begins.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);

    /// <summary>How long a request waits for somebody to serve it: an instance that is just being restarted is back by then.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether the gateway is about to end: every answer then asks for a new connection.</summary>
    public bool Leaving { get; set; }

    public async Task ServeAsync(HttpContext context)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        silence.CancelAfter(Silence);
        var body = HasBody(context) ? new RequestBody(context.Request, () => silence.CancelAfter(Silence)) : null;
        var tries = new Tries(Patience);
        VersionRun? version = null;
        while (await NextAsync(version?.Version, tries, context.RequestAborted) is { } route)
        {
            using (route)
            {
                version = route.Version;
                if (await TryAsync(context, route, body, tries, silence))
                {
                    return;
                }

                tries.Instances.Add(route.Instance);
            }
        }

        version?.Log.Record(TimeSpan.Zero, error: true, probe: false);
        await SayAsync(context, 503, "No healthy instance can serve this request.");
    }

    /// <summary>False: nothing of the request was used up, another instance may have it.</summary>
    async Task<bool> TryAsync(HttpContext context, Route route, RequestBody? body, Tries tries, CancellationTokenSource silence)
    {
        var upgrade = Passing.MayUpgrade(context);
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var request = Passing.Request(context, route.Upstream, body, upgrade);
            using var answer = await route.Upstream.SendAsync(request, silence.Token);
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            if (Passing.Nonsense(answer, upgrade) is { } nonsense)
            {
                throw new IOException(nonsense);
            }

            // The time that the user took to send the body is not the version's.
            route.Version.Log.Record(
                Stopwatch.GetElapsedTime(Math.Max(began, body?.Sent ?? began)),
                (int)answer.StatusCode >= 500,
                probe: false
            );
            Passing.Answer(answer, context.Response);
            if (Leaving && answer.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                context.Response.Headers.Connection = "close";
            }

            await new AnswerBody(context, answer, route.Version.Log).PassAsync();
            return true;
        }
        catch (Exception problem)
            when (problem is HttpRequestException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // What was cancelled by nobody is a connection that the instance did not take in time: nothing of the request is used up.
            var cause =
                problem is OperationCanceledException && !silence.IsCancellationRequested
                    ? new HttpRequestException(HttpRequestError.ConnectionError, "it did not take the connection in time", problem)
                    : problem;
            return await FailedAsync(context, route, body, tries, cause, Stopwatch.GetElapsedTime(began));
        }
    }

    static async Task<bool> FailedAsync(HttpContext context, Route route, RequestBody? body, Tries tries, Exception problem, TimeSpan took)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // The user went away; that says nothing about the version but that the answer took so long.
            route.Version.Log.Record(took, error: false, probe: false);
            return true;
        }

        if (body is { IsUsersTurn: true })
        {
            // Malformed, or left half said: nor does that.
            route.Version.Log.Record(took, error: false, probe: false);
            await SayAsync(context, problem is OperationCanceledException ? 408 : 400, "The body of this request did not come whole.");
            return true;
        }

        var refused = problem is ObjectDisposedException or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
        if (refused)
        {
            route.Instance.Doubt($"it refused a connection: {problem.Message}");
        }

        if (
            body is not { Begun: true }
            && (refused || (problem is HttpRequestException && IsRepeatable(context.Request.Method) && tries.MayRepeat()))
        )
        {
            return false;
        }

        route.Version.Log.Record(took, error: true, probe: false);
        await SayAsync(context, problem is OperationCanceledException ? 504 : 502, "The instance that had this request did not answer.");
        return true;
    }

    async Task<Route?> NextAsync(string? version, Tries tries, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            if (router.Next(version, tries.Instances) is { } route)
            {
                return route;
            }

            if (tries.AreOver)
            {
                return null;
            }

            // The instance that could not be reached may be the only one, and just be coming back.
            tries.Instances.Clear();
            await Task.Delay(20, CancellationToken.None);
        }

        return null;
    }

    static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    static bool IsRepeatable(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    static async Task SayAsync(HttpContext context, int status, string text)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync(text + "\n");
    }
}
