using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class MeasurementTests
{
    [Test]
    public async Task One_answer_of_500_in_ten_is_an_error_rate_of_a_tenth()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0", ill: "fail-every=10");
        await machine.ShiftAsync(("1.0.0", 50), ("1.1.0", 50));

        for (var i = 0; i < 200; i++)
        {
            using var answer = await machine.Http.GetAsync(await machine.UrlAsync());
        }

        var measured = await machine.MeasureAsync("1.1.0", "1.0.0");
        var real = measured.Requests!.Value - measured.Candidate["probes"].Value;
        Assert.That(real, Is.EqualTo(100));
        Assert.That(measured.Candidate["error_rate"].Value * measured.Requests!.Value, Is.EqualTo(10).Within(1e-6));
        Assert.That(measured.Baseline["error_rate"].Value, Is.Zero);
    }

    [Test]
    public async Task A_slow_version_is_measured_as_slow_and_its_neighbour_is_not()
    {
        await using var machine = new Machine();
        // So long that a busy machine cannot be what made it slow.
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0", ill: "slow=700");
        await machine.ShiftAsync(("1.0.0", 50), ("1.1.0", 50));

        await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => machine.GetAsync("/")));

        var measured = await machine.MeasureAsync("1.1.0", "1.0.0");
        Assert.That(measured.Candidate["p99_response_time"].Value, Is.GreaterThanOrEqualTo(0.69));
        Assert.That(measured.CandidateLatencies.Count(seconds => seconds > 0.69), Is.EqualTo(40));
        Assert.That(measured.Baseline["p50_response_time"].Value, Is.LessThan(measured.Candidate["p99_response_time"].Value));
    }

    [Test]
    public async Task A_quiet_environment_has_evidence_from_probes()
    {
        await using var machine = new Machine();
        machine.Environment = machine.Environment with { MinRequests = 20, Measurements = 1, Interval = TimeSpan.FromSeconds(1) };
        await machine.InstallAsync("1.0.0");

        await machine.ShiftAsync(("1.0.0", 100));

        await Machine.UntilAsync(async () => (await machine.MeasureAsync("1.0.0")).Requests >= 20, "there are twenty probes");
        var measured = await machine.MeasureAsync("1.0.0");
        Assert.That(measured.Candidate["probes"].Value, Is.EqualTo(measured.Requests));
        Assert.That(measured.Candidate["error_rate"].Value, Is.Zero);
    }

    [Test]
    public async Task A_version_that_died_is_measured_as_failing_and_not_as_quiet()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.InstallAsync("1.1.0", ill: "crash-at=1");
        await machine.ShiftAsync(("1.0.0", 90), ("1.1.0", 10));

        await Machine.UntilAsync(
            async () =>
            {
                using var answer = await machine.Http.GetAsync(await machine.UrlAsync());
                return (await machine.MeasureAsync("1.1.0")).Candidate["crashes"].Value > 0;
            },
            "the candidate has crashed"
        );
        await Machine.UntilAsync(
            async () => (await machine.MeasureAsync("1.1.0")).Candidate["error_rate"].Value > 0.01,
            "the crash shows in the error rate"
        );
    }

    [Test]
    public async Task A_version_that_does_not_run_has_no_metrics_at_all()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");

        var measured = await machine.MeasureAsync("9.9.9");

        Assert.That(measured.Problem, Is.EqualTo("version 9.9.9 does not run"));
        Assert.That(measured.Candidate, Is.Empty);
    }

    [Test]
    public async Task A_gateway_that_is_not_there_is_a_problem_and_no_exception()
    {
        await using var machine = new Machine();

        var measured = await machine.MeasureAsync("1.0.0");

        Assert.That(measured.Problem, Is.EqualTo("The gateway of this environment does not answer."));
        Assert.That(measured.Requests, Is.Null);
    }
}
