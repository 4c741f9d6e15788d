using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>Debian's Prometheus scrapes the test application, and the source asks it.</summary>
[Category("Slow")]
public sealed class RealPrometheusTests
{
    const string Errors = """
        sum(rate(http_requests_total{version="{version}",code=~"5.."}[{interval}])) / sum(rate(http_requests_total{version="{version}"}[{interval}]))
        """;
    const string Slow =
        """histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{version="{version}"}[{interval}])))""";
    const string Requests = """sum(increase(http_requests_total{version="{version}"}[{interval}]))""";
    const string Times = """
        sum(rate(http_request_duration_seconds_sum{version="{version}"}[2s])) / sum(rate(http_request_duration_seconds_count{version="{version}"}[2s]))
        """;

    static readonly Dictionary<string, string> Queries = new()
    {
        ["error_rate"] = Errors,
        ["p95_response_time"] = Slow,
        ["requests"] = Requests,
        ["response_times"] = Times,
    };

    [Test]
    public async Task What_two_versions_count_of_themselves_is_measured_and_judged()
    {
        await using var prometheus = await PrometheusServer.StartAsync();
        using var good = new App(prometheus, "1.0.0", "");
        using var bad = new App(prometheus, "2.0.0", "fail-every=2 slow=300");
        var source = new PrometheusSource(prometheus.Url, Queries, null);
        var begun = DateTimeOffset.UtcNow;
        using var users = new Users(good.Url);
        using var others = new Users(bad.Url);
        Measurement measured = new();
        await Until.TrueAsync(
            async () =>
            {
                measured = await source.MeasureAsync(Window("2.0.0", "1.0.0", begun), CancellationToken.None);
                return measured.Requests > 50 && measured.CandidateLatencies.Count >= 8 && measured.BaselineLatencies.Count >= 8;
            },
            "enough was scraped"
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured.Problem, Is.Null);
            Assert.That(measured.Candidate["error_rate"].Value, Is.EqualTo(0.5).Within(0.1));
            Assert.That(measured.Baseline["error_rate"].Value, Is.Zero);
            Assert.That(measured.Candidate["p95_response_time"].Value, Is.GreaterThan(0.25));
            Assert.That(new StatisticalJudge(50).Judge(measured).Finding, Is.EqualTo(Finding.Breached));
        }

        // What is not there, or is named with malice, is no data and no error; a server that is gone is a problem.
        var hostile = await source.MeasureAsync(Window("""x"} or vector(0) #""", "'`\\", begun), CancellationToken.None);
        await prometheus.StopAsync();
        var gone = await source.MeasureAsync(Window("2.0.0", null, begun), CancellationToken.None);

        Assert.That(hostile, Has.Property("Problem").Null.And.Property("Candidate").Empty.And.Property("Requests").Zero);
        Assert.That(new ThresholdJudge(Threshold.Parse("error_rate > 1%"), 0).Judge(hostile).Finding, Is.EqualTo(Finding.Inconclusive));
        Assert.That(gone.Problem, Does.StartWith("prometheus: 127.0.0.1 cannot be asked"));
    }

    [Test]
    public async Task A_bad_release_is_seen_by_prometheus_and_taken_back()
    {
        await using var prometheus = await PrometheusServer.StartAsync();
        var port = PrometheusServer.FreePort();
        await using var service = new ReleasedService(Strategy(prometheus.Url, port));
        service.Variables["METRICS_TARGETS"] = prometheus.Targets;
        using var users = new Users($"http://127.0.0.1:{port}/");
        var good = await service.RunAsync("--target=Release");
        service.Behave("fail-every=3");
        service.Repository.Commit("feat: something new");

        var bad = await service.RunAsync("--target=Release");

        Assert.That(good.ExitCode, Is.Zero, good.Output + good.Error);
        Assert.That(bad.ExitCode, Is.EqualTo(ExitCodes.RolledBack), bad.Output + bad.Error);
        Assert.That(bad.Output, Does.Match(@"error_rate \d.*% > 10%.*: yes").And.Not.Contain("send 100%"));
        Assert.That((await service.EnvironmentAsync("production"))["version"]!.GetValue<string>(), Is.EqualTo("0.1.0"));
    }

    static string Strategy(Uri prometheus, int port) =>
        $$"""
            release_strategy:
              application:
                name: service
                artifacts: ["app/**"]
                start: "exec dotnet {{ReleasedService.App}} $(cat app/behaviour)"
              quality_gates: []
              deployment_strategy:
                production:
                  type: canary
                  canary_percentage: [50, 100]
                  interval: 9s
                  measurements: 3
                  min_requests: 10
                  rollback_threshold: "error_rate > 10% OR p95_response_time > 2s"
                  local: { port: {{port}} }
                  metrics:
                    provider: prometheus
                    url: {{prometheus}}
                    queries:
                      error_rate: '{{Errors.Trim()}}'
                      p95_response_time: '{{Slow}}'
                      requests: '{{Requests}}'
            """;

    static MeasurementWindow Window(string candidate, string? stable, DateTimeOffset from) =>
        new("production", candidate, stable, from, DateTimeOffset.UtcNow);

    /// <summary>The test application alone, as an exporter of its own metrics.</summary>
    sealed class App : IDisposable
    {
        readonly Process process;

        public App(PrometheusServer prometheus, string version, string ill)
        {
            var port = PrometheusServer.FreePort();
            Url = $"http://127.0.0.1:{port}/";
            var start = new ProcessStartInfo("dotnet", [ReleasedService.App, .. ill.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
            start.Environment["RELEASE_VERSION"] = version;
            start.Environment["METRICS_TARGETS"] = prometheus.Targets;
            process = Process.Start(start)!;
        }

        public string Url { get; }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
