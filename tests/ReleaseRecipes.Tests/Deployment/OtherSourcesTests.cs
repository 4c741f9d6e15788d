using ReleaseRecipes.Deployment;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Deployment;

public sealed class OtherSourcesTests
{
    static readonly MeasurementWindow Window = new(
        "production",
        "2.0.0",
        "1.0.0",
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch.AddMinutes(1)
    );

    [Test]
    public async Task Probing_counts_errors_and_measures_times_per_version()
    {
        var count = 0;
        using var server = new LoopbackServer(request =>
            (request.RawUrl!.Contains("2.0.0", StringComparison.Ordinal) && Interlocked.Increment(ref count) % 10 == 0 ? 500 : 200, "")
        );
        var source = new ProbeSource(Target, server.Url + "{version}/healthz", 20);

        var measured = await source.MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Candidate["error_rate"].Value, Is.EqualTo(0.1));
        Assert.That(measured.Baseline["error_rate"].Value, Is.Zero);
        Assert.That(measured.Requests, Is.EqualTo(20));
        Assert.That(measured.CandidateLatencies, Has.Count.EqualTo(20));
        Assert.That(
            measured.Candidate.Keys,
            Is.SupersetOf(new[] { "response_time", "p50_response_time", "p95_response_time", "p99_response_time" })
        );
    }

    [Test]
    public async Task Nobody_answering_is_an_error_rate_of_one()
    {
        var source = new ProbeSource(Target, "http://127.0.0.1:1/{version}", 10);

        var measured = await source.MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Candidate["error_rate"].Value, Is.EqualTo(1));
    }

    [Test]
    public async Task A_command_prints_its_metrics_as_JSON()
    {
        var command =
            """printf '{"error_rate": 0.02, "requests": 70, "queue": 3, "odd": "x", "latencies": [0.1, 0.3], "baseline": {"error_rate": 0.01}}'""";

        var measured = await new CommandSource(command, ".").MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Candidate["error_rate"], Is.EqualTo(ReleaseRecipes.Thresholds.Quantity.Share(0.02)));
        Assert.That(measured.Candidate["queue"], Is.EqualTo(ReleaseRecipes.Thresholds.Quantity.Count(3)));
        Assert.That(measured.Candidate["odd"].Value, Is.NaN);
        Assert.That(measured.Baseline["error_rate"].Value, Is.EqualTo(0.01));
        Assert.That(measured, Has.Property("Requests").EqualTo(70).And.Property("CandidateLatencies").EqualTo(new[] { 0.1, 0.3 }));
    }

    [TestCase("exit 3", "ended with exit code 3")]
    [TestCase("echo hello", "printed no JSON object")]
    [TestCase("echo '[1]'", "printed no JSON object")]
    [TestCase("true", "printed no JSON object")]
    public async Task A_command_that_measures_nothing_is_a_problem(string command, string expected)
    {
        var measured = await new CommandSource(command, ".").MeasureAsync(Window, CancellationToken.None);

        Assert.That(measured.Problem, Does.Contain(expected));
    }

    static SimulatedTarget Target => new(new Chaos(TimeProvider.System));
}
