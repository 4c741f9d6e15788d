using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>
/// A real Prometheus on a port and a folder of its own, whatever else of it runs on the machine. It scrapes every instance of the test application that
/// announces itself in <see cref="Targets"/>.
/// </summary>
sealed class PrometheusServer : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Process process;

    PrometheusServer(int port)
    {
        Url = new Uri($"http://127.0.0.1:{port}/");
        Directory.CreateDirectory(Targets);
        folder.Write(
            "prometheus.yml",
            $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs:
              - job_name: service
                file_sd_configs: [{ files: ["{{Targets}}/*.json"], refresh_interval: 1s }]
            """
        );
        process = Process.Start(
            new ProcessStartInfo(
                "prometheus",
                [
                    $"--config.file={folder["prometheus.yml"]}",
                    $"--storage.tsdb.path={folder["data"]}",
                    $"--web.listen-address=127.0.0.1:{port}",
                    "--log.level=error",
                ]
            )
        )!;
    }

    public Uri Url { get; }

    /// <summary>Where applications announce themselves.</summary>
    public string Targets => folder["targets"];

    public static async Task<PrometheusServer> StartAsync()
    {
        Needs.Program("prometheus");
        var server = new PrometheusServer(FreePort());
        await Until.TrueAsync(async () => await AnswersAsync(new Uri(server.Url, "-/ready")), "Prometheus is ready");
        return server;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Whether something answers there with success.</summary>
    public static async Task<bool> AnswersAsync(Uri url)
    {
        try
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task StopAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        folder.Dispose();
    }
}
