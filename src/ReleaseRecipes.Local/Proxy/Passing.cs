using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>Copies requests and answers from one connection to the next, without what is meant for one connection only (RFC 9110, 7.6.1).</summary>
static class Passing
{
    static readonly HashSet<string> ThisConnectionOnly = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        // The gateway itself asks the user to go on when the instance takes the body.
        "Expect",
        "HTTP2-Settings",
    };

    /// <summary>
    /// Whether the instance is asked to change to another protocol. Not to HTTP/2: on a connection that speaks it from then on, requests would pass
    /// by unmeasured and uncounted.
    /// </summary>
    public static bool MayUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && !Named(context.Request.Headers.Upgrade).Any(protocol => protocol.StartsWith("h2", StringComparison.OrdinalIgnoreCase));

    /// <summary>The user's request as one to the instance.</summary>
    public static HttpRequestMessage Request(HttpContext context, Upstream upstream, RequestBody? body, bool upgrade)
    {
        var request = context.Request;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Address(context, upstream))
        {
            Version = new Version(1, 1),
            Content = body,
        };
        var named = Named(request.Headers.Connection);
        foreach (var (name, values) in request.Headers)
        {
            if (
                ThisConnectionOnly.Contains(name)
                || named.Contains(name)
                || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            )
            {
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (upgrade)
        {
            message.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            message.Headers.TryAddWithoutValidation("Upgrade", (IEnumerable<string?>)request.Headers.Upgrade);
        }

        Introduce(message.Headers, context);
        return message;
    }

    /// <summary>Why an answer cannot be passed on; null where it can.</summary>
    public static string? Nonsense(HttpResponseMessage answer, bool upgrade) =>
        answer.StatusCode == HttpStatusCode.SwitchingProtocols && !upgrade ? "it switched protocols, and nobody had asked for that"
        : answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths) && lengths.Count > 1
            ? "it gave its answer two lengths"
        : null;

    /// <summary>The instance's answer, without its body, as the one to the user.</summary>
    public static void Answer(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        response.HttpContext.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = answer.ReasonPhrase;
        var named = answer.Headers.TryGetValues("Connection", out var connection) ? Named(connection) : [];
        Copy(answer.Headers.NonValidated, response, named);
        Copy(answer.Content.Headers.NonValidated, response, named);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            response.Headers.Upgrade = answer.Headers.Upgrade.ToString();
        }
    }

    static void Copy(HttpHeadersNonValidated headers, HttpResponse response, HashSet<string> named)
    {
        foreach (var (name, values) in headers)
        {
            if (!ThisConnectionOnly.Contains(name) && !named.Contains(name))
            {
                response.Headers.Append(name, values.ToArray());
            }
        }
    }

    static void Introduce(HttpRequestHeaders headers, HttpContext context)
    {
        var user = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        headers.TryAddWithoutValidation("X-Forwarded-For", user);
        if (!headers.Contains("X-Forwarded-Proto"))
        {
            headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        }

        if (!headers.Contains("X-Forwarded-Host") && context.Request.Host.HasValue)
        {
            headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
        }
    }

    static Uri Address(HttpContext context, Upstream upstream)
    {
        // As the user wrote it: an application may tell %2F from a slash.
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var target = raw.StartsWith('/')
            ? raw
            : context.Request.PathBase.Add(context.Request.Path).ToUriComponent() + context.Request.QueryString.ToUriComponent();
        return new Uri(upstream.Origin + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    static HashSet<string> Named(IEnumerable<string?> list) =>
        new(
            list.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            StringComparer.OrdinalIgnoreCase
        );
}
