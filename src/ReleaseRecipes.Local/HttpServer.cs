using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ReleaseRecipes.Local.Processes;

namespace ReleaseRecipes.Local;

/// <summary>Kestrel alone, without a host around it: it starts in a few milliseconds and reads no configuration from anywhere.</summary>
sealed class HttpServer(RequestDelegate serve) : IHttpApplication<HttpContext>, IDisposable
{
    readonly List<Action<KestrelServerOptions>> endpoints = [];
    KestrelServer? server;

    /// <summary>Listens on a free port of the loopback.</summary>
    public HttpServer OnFreePort()
    {
        endpoints.Add(options => options.Listen(IPAddress.Loopback, 0, One));
        return this;
    }

    /// <summary>Listens where the watchdog does.</summary>
    public HttpServer On(ListeningHandle handle)
    {
        endpoints.Add(options =>
        {
            if (ListeningHandle.CanBeHandedOn)
            {
                options.ListenHandle(handle.Copy(), One);
            }
            else
            {
                options.Listen(IPAddress.Loopback, handle.Port, One);
            }
        });
        return this;
    }

    /// <summary>The first port that it listens on.</summary>
    public int Port => new Uri(server!.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;

    public Task StartAsync()
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowSynchronousIO = false,
            RequestHeaderEncodingSelector = _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = _ => Encoding.Latin1,
        };
        // What an application takes is its own business, and a slow user harms nobody.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        endpoints.ForEach(add => add(options));
        server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions { Backlog = 4096 }), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance
        );
        return server.StartAsync(this, CancellationToken.None);
    }

    /// <summary>Takes no more connections and lets the requests under way finish within the patience.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await server!.StopAsync(limit.Token);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => serve(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        if (exception is not null)
        {
            Console.Error.WriteLine(exception);
        }
    }

    public void Dispose() => server?.Dispose();

    static void One(ListenOptions options) => options.Protocols = HttpProtocols.Http1;
}
