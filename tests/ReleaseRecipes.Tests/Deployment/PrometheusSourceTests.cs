using System.Net;
using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Deployment;

public sealed class PrometheusSourceTests
{
    static readonly DateTimeOffset End = new(2026, 1, 5, 9, 1, 0, TimeSpan.Zero);
    static readonly MeasurementWindow Window = new("production", "2.0.0", "1.0.0", End.AddSeconds(-60), End);

    [Test]
    public async Task Each_query_is_asked_for_both_versions()
    {
        using var server = new LoopbackServer(request =>
            (200, Vector(Query(request).Contains("2.0.0", StringComparison.Ordinal) ? "0.25" : "0.01"))
        );
        var source = Source(server, ("error_rate", "sum(rate(errors{version=\"{version}\",track=\"{track}\"}[{interval}]))"));

        var measured = await source.MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Is.Null);
        Assert.That(measured.Candidate["error_rate"], Is.EqualTo(ReleaseRecipes.Thresholds.Quantity.Share(0.25)));
        Assert.That(measured.Baseline["error_rate"], Is.EqualTo(ReleaseRecipes.Thresholds.Quantity.Share(0.01)));
        Assert.That(WebUtility.UrlDecode(server.Asked[0]), Does.Contain("sum(rate(errors{version=\"2.0.0\",track=\"candidate\"}[60s]))"));
    }

    [TestCase("a\"} or vector(0) #", "a\\\"} or vector(0) #")]
    [TestCase("back\\slash\n", "back\\\\slash\\n")]
    [TestCase("a' or `b", "a\\x27 or \\x60b")]
    public void A_version_cannot_break_out_of_its_label(string version, string expected) =>
        Assert.That(PrometheusSource.Escape(version), Is.EqualTo(expected));

    [Test]
    public async Task What_a_value_holds_is_never_taken_for_a_place_of_its_own()
    {
        using var server = new LoopbackServer(_ => (200, """{"status":"success","data":{"resultType":"vector","result":[]}}"""));
        var source = new PrometheusSource(
            server.Url,
            new Dictionary<string, string> { ["errors"] = "{version} {environment} {other}" },
            null
        );
        var now = DateTimeOffset.UtcNow;

        await source.MeasureAsync(new MeasurementWindow("{version}", "{interval}", null, now, now), CancellationToken.None);

        Assert.That(WebUtility.UrlDecode(server.Asked[0]), Does.Contain("query={interval} {version} {other}&"));
    }

    [TestCase("[]", null)]
    [TestCase("[{\"metric\":{},\"value\":[1,\"NaN\"]}]", double.NaN)]
    [TestCase("[{\"metric\":{},\"value\":[1,\"+Inf\"]}]", double.PositiveInfinity)]
    public async Task What_is_no_number_is_no_evidence(string result, double? expected)
    {
        using var server = new LoopbackServer(_ =>
            (200, $"{{\"status\":\"success\",\"data\":{{\"resultType\":\"vector\",\"result\":{result}}}}}")
        );

        var measured = await Source(server, ("error_rate", "up")).MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Is.Null);
        Assert.That(measured.Candidate.TryGetValue("error_rate", out var value) ? value.Value : (double?)null, Is.EqualTo(expected));
    }

    [TestCase(200, "<html>", "not Prometheus'")]
    [TestCase(200, "{\"status\":\"error\",\"error\":\"parse error\"}", "parse error")]
    [TestCase(200, "[[[[", "not Prometheus'")]
    [TestCase(503, "", "answers 503")]
    [TestCase(302, "http://127.0.0.1:1/", "redirect")]
    public async Task A_server_that_does_not_answer_as_it_should_is_a_problem_and_no_exception(int status, string body, string expected)
    {
        using var server = new LoopbackServer(_ => (status, body));

        var measured = await Source(server, ("error_rate", "up")).MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Does.Contain(expected));
    }

    [Test]
    public async Task Several_series_are_a_problem()
    {
        using var server = new LoopbackServer(_ =>
            (200, """{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}}""")
        );

        var measured = await Source(server, ("error_rate", "up")).MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Does.Contain("2 series"));
    }

    [Test]
    public async Task A_count_of_requests_that_is_not_there_is_none()
    {
        using var server = new LoopbackServer(_ => (200, """{"status":"success","data":{"resultType":"vector","result":[]}}"""));

        var measured = await Source(server, ("requests", "up")).MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Requests, Is.Zero);
    }

    [Test]
    public async Task A_range_query_gives_the_statistical_judge_its_values()
    {
        using var server = new LoopbackServer(_ =>
            (200, """{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"0.1"],[2,"0.2"],[3,"NaN"]]}]}}""")
        );

        var measured = await Source(server, ("response_times", "latency")).MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.CandidateLatencies, Is.EqualTo(new[] { 0.1, 0.2 }));
        Assert.That(server.Asked[0], Does.StartWith("GET /api/v1/query_range?"));
    }

    [Test]
    public async Task An_unreachable_server_is_a_problem()
    {
        var source = new PrometheusSource(new Uri("http://127.0.0.1:1/"), new Dictionary<string, string> { ["error_rate"] = "up" }, null);

        var measured = await source.MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Does.Contain("cannot be asked"));
    }

    static string Query(HttpListenerRequest request) => request.QueryString["query"] ?? "";

    static string Vector(string value) =>
        $"{{\"status\":\"success\",\"data\":{{\"resultType\":\"vector\",\"result\":[{{\"metric\":{{}},\"value\":[1,\"{value}\"]}}]}}}}";

    static PrometheusSource Source(LoopbackServer server, params (string Name, string Query)[] queries) =>
        new(server.Url, queries.ToDictionary(query => query.Name, query => query.Query), null);
}
