using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>A real HTTP server on the loopback, with the answers of the test.</summary>
public sealed class LoopbackServer : IDisposable
{
    readonly HttpListener listener;

    public LoopbackServer(Func<HttpListenerRequest, (int Status, string Body)> answer)
        : this(
            (request, _) =>
            {
                var (status, body) = answer(request);
                return (status, Encoding.UTF8.GetBytes(body));
            }
        ) { }

    public LoopbackServer(Func<HttpListenerRequest, Uri, (int Status, byte[] Body)> answer)
    {
        (listener, Url) = Started();
        _ = ServeAsync(answer);
    }

    public Uri Url { get; }

    public List<string> Asked { get; } = [];

    public void Dispose() => listener.Close();

    async Task ServeAsync(Func<HttpListenerRequest, Uri, (int Status, byte[] Body)> answer)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                lock (Asked)
                {
                    Asked.Add($"{context.Request.HttpMethod} {context.Request.RawUrl}");
                }

                var (status, body) = answer(context.Request, Url);
                context.Response.StatusCode = status;
                // A connection that is kept may be closed by this server just when the client uses it again.
                context.Response.KeepAlive = false;
                if (status is >= 300 and < 400)
                {
                    context.Response.RedirectLocation = Encoding.UTF8.GetString(body);
                }

                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                // The test is over, or its client went away.
            }
        }
    }

    // Between finding a free port and listening there, another test may take it.
    static (HttpListener Listener, Uri Url) Started()
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new HttpListener();
            var url = new Uri($"http://127.0.0.1:{FreePort()}/");
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
