using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace ReleaseRecipes.Local.Proxy;

/// <summary>The connections to one process of an instance.</summary>
sealed class Upstream(int port) : IDisposable
{
    static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(5);
    readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // Shorter than common servers keep an idle connection: a request must not meet one that is just being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        }
    );

    public string Origin { get; } = "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => client.SendAsync(request, cancel);

    /// <summary>Asks whether it is healthy. Null: it is; else why it is not.</summary>
    public async Task<string?> CheckAsync(string path, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(CheckPatience);
        using var request = new HttpRequestMessage(HttpMethod.Get, Origin + path);
        try
        {
            using var answer = await SendAsync(request, limit.Token);
            await answer.Content.CopyToAsync(Stream.Null, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode} on {path}";
        }
        catch (HttpRequestException problem)
        {
            return $"it does not answer on 127.0.0.1:{port}: {(problem.InnerException ?? problem).Message}";
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            return $"its answer on {path} broke off: {problem.Message}";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"it did not answer on {path} within {CheckPatience.TotalSeconds} s";
        }
    }

    public void Dispose() => client.Dispose();
}
