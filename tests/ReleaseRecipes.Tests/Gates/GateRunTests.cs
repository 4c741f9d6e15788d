using ReleaseRecipes.Gates;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Gates;

[Platform(Exclude = "Win")]
public sealed class GateRunTests : IDisposable
{
    const string OnePassed = "<testsuite tests=\"1\"><testcase name=\"a\"/></testsuite>";
    const string OneFailed = "<testsuite tests=\"2\"><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase></testsuite>";
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [Test]
    public async Task A_command_that_ends_with_0_passes_where_no_threshold_asks_for_more()
    {
        var gate = await stage.RunAsync(new GateSettings("lint") { Command = "echo fine" });

        Assert.That((gate.Verdict, gate.ExitCode, gate.Attempts), Is.EqualTo((GateVerdict.Passed, 0, 1)));
        Assert.That(await File.ReadAllTextAsync(gate.Log!), Is.EqualTo("fine\n"));
    }

    [TestCase("exit 3", "exit code 3")]
    [TestCase("no-such-program-here", "did not find the command")]
    [TestCase("kill -9 $$", "signal 9: somebody killed it, often the system for want of memory (exit code 137)")]
    public async Task A_command_that_fails_says_how(string command, string reason)
    {
        var gate = await stage.RunAsync(new GateSettings("lint") { Command = command });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Failed));
        Assert.That(gate.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task A_threshold_without_a_report_is_no_pass()
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = "true", Threshold = "coverage > 85%" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.Contain("coverage").And.Contain("RELEASE_GATE_REPORTS"));
    }

    [Test]
    public async Task The_tests_that_failed_are_named()
    {
        var gate = await stage.RunAsync(
            new GateSettings("unit_tests") { Command = $"echo '{OneFailed}' > $RELEASE_GATE_REPORTS/j.xml; exit 1" }
        );

        Assert.That(gate.Reason, Is.EqualTo("1 test failed of 2: b (exit code 1)."));
    }

    [TestCase("exit 1", "left no pip-audit.json", GateVerdict.Unknown)]
    [TestCase("exit 0", "left no pip-audit.json", GateVerdict.Unknown)]
    [TestCase("echo '{\"dependencies\":[],\"fixes\":[]}' > \"$4\"; exit 1", "no report lists a finding", GateVerdict.Failed)]
    [TestCase("echo '{\"dependencies\":[],\"fixes\":[]}' > \"$4\"", "vulnerabilities 0 = 0: yes", GateVerdict.Passed)]
    public async Task Of_two_scanners_each_must_have_run_to_its_end(string audit, string reason, GateVerdict verdict)
    {
        stage.Folder.Write("requirements.txt", "flask\n");
        Program(".venv/bin/pip-audit", audit);
        Program(
            ".venv/bin/bandit",
            "while [ $# -gt 1 ]; do shift; done; echo '{\"errors\":[],\"generated_at\":\"2999-01-05T09:00:00Z\",\"metrics\":{},\"results\":[]}' > \"$1\""
        );

        var gate = await stage.RunAsync(new GateSettings("security_scan") { Threshold = "vulnerabilities = 0" });

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(gate.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task The_report_of_this_run_meets_the_threshold()
    {
        var gate = await stage.RunAsync(
            new GateSettings("unit_tests")
            {
                Command = $"echo '{OnePassed}' > $RELEASE_GATE_REPORTS/j.xml",
                Threshold = "success_rate = 100%",
            }
        );

        Assert.That((gate.Verdict, gate.Evaluated), Is.EqualTo((GateVerdict.Passed, "success_rate 100% = 100%: yes")));
        Assert.That(gate.Reports.Single(), Has.Property("Format").EqualTo("JUnit XML").And.Property("Sha256").Length.EqualTo(64));
    }

    [Test]
    public async Task Failed_tests_are_no_pass_even_when_the_command_hides_them()
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = $"echo '{OneFailed}' > junit.xml; true" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Failed));
        Assert.That(gate.Reason, Does.Contain("1 failed test: b"));
    }

    [Test]
    public async Task A_threshold_over_the_tests_may_tolerate_a_failure()
    {
        var gate = await stage.RunAsync(
            new GateSettings("unit_tests") { Command = $"echo '{OneFailed}' > junit.xml; true", Threshold = "success_rate >= 50%" }
        );

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Passed));
    }

    [TestCase("<testsuite tests=\"0\"/>")]
    [TestCase("<testsuites/>")]
    [TestCase("<testsuite tests=\"1\"><testcase name=\"a\"><skipped/></testcase></testsuite>")]
    public async Task No_test_is_no_pass(string report)
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = $"echo '{report}' > junit.xml" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Failed));
        Assert.That(gate.Reason, Does.Contain("Not one test ran"));
    }

    [Test]
    public async Task A_broken_report_is_named()
    {
        var gate = await stage.RunAsync(
            new GateSettings("unit_tests")
            {
                Command = "echo '<testsuite tests=\"1\"><testcase' > junit.xml",
                Threshold = "success_rate = 100%",
            }
        );

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.StartWith("The report junit.xml cannot be read:"));
    }

    [Test]
    public async Task A_declared_report_that_is_not_written_is_no_pass()
    {
        var gate = await stage.RunAsync(new GateSettings("scan") { Command = "true", Reports = ["out/*.sarif"] });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
    }

    [Test]
    public async Task A_pass_at_a_later_try_is_flaky_and_says_so()
    {
        var gate = await stage.RunAsync(new GateSettings("e2e") { Command = "[ -f once ] || { touch once; exit 1; }", Retries = 2 });

        Assert.That((gate.Verdict, gate.Flaky, gate.Attempts), Is.EqualTo((GateVerdict.Passed, true, 2)));
        Assert.That(gate.Reason, Does.Contain("flaky"));
    }

    [Test]
    public async Task A_gate_that_hangs_is_ended()
    {
        var gate = await stage.RunAsync(new GateSettings("e2e") { Command = "sleep 1000", Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.That((gate.Verdict, gate.ExitCode), Is.EqualTo((GateVerdict.Failed, 124)));
        Assert.That(gate.Reason, Does.Contain("300ms").And.Contain("timeout:"));
    }

    [TestCase(true, GateVerdict.Failed, false)]
    [TestCase(false, GateVerdict.NotRun, true)]
    public async Task Nothing_to_run_is_never_a_pass(bool required, GateVerdict verdict, bool goesOn)
    {
        var report = await stage.ReportAsync([new GateSettings("unit_tests") { Required = required }]);

        Assert.That((report.Gates[0].Verdict, report.Passed), Is.EqualTo((verdict, goesOn)));
        Assert.That(report.Gates[0].Reason, Does.Contain("command:"));
    }

    [Test]
    public async Task An_optional_gate_that_fails_does_not_stop_the_release()
    {
        var report = await stage.ReportAsync([
            new GateSettings("perf") { Command = "false", Required = false },
            new GateSettings("lint") { Command = "true" },
        ]);

        Assert.That((report.Passed, report.Gates[0].Verdict), Is.EqualTo((true, GateVerdict.Failed)));
        Assert.That(report.Failure(), Is.Null);
    }

    [Test]
    public async Task The_baseline_is_the_evidence_of_the_last_release()
    {
        var settings = new GateSettings("size")
        {
            Command = $"echo '{OneFailed}' > $RELEASE_GATE_REPORTS/j.xml",
            Threshold = "failed_tests <= baseline.failed_tests",
        };
        var baselines = new Dictionary<string, IReadOnlyDictionary<string, Quantity>>
        {
            ["size"] = new Dictionary<string, Quantity> { ["failed_tests"] = Quantity.Count(1) },
        };

        var with = await stage.ReportAsync([settings], baselines: baselines);
        var without = await stage.ReportAsync([settings]);

        Assert.That((with.Gates[0].Verdict, without.Gates[0].Verdict), Is.EqualTo((GateVerdict.Passed, GateVerdict.Unknown)));
        Assert.That(without.Gates[0].Reason, Does.Contain("No release before this one measured failed_tests"));
    }

    [Test]
    public async Task A_gate_of_the_builds_own_answers_and_its_failure_is_no_pass()
    {
        var report = await stage.ReportAsync(
            [new GateSettings("open"), new GateSettings("closed"), new GateSettings("broken")],
            registered:
            [
                new OwnGate("open", () => GateAnswer.Open("all is well")),
                new OwnGate("closed", () => GateAnswer.Closed("too many changes")),
                new OwnGate("broken", () => throw new InvalidOperationException("no connection")),
            ]
        );

        Assert.That(report.Gates.Select(gate => gate.Verdict), Is.EqualTo([GateVerdict.Passed, GateVerdict.Failed, GateVerdict.Unknown]));
        Assert.That(report.Gates[2].Reason, Does.Contain("no connection"));
    }

    [Test]
    public async Task A_preparation_that_fails_shows_what_it_printed()
    {
        stage.Folder.Write("package.json", """{ "scripts": { "test": "ava" }, "devDependencies": { "ava": "1" } }""");
        stage.Folder.Write("package-lock.json", "no lock file");

        var gate = await stage.RunAsync(new GateSettings("unit_tests"));

        Assert.That((gate.Verdict, gate.ExitCode), Is.EqualTo((GateVerdict.Failed, (int?)null)));
        Assert.That(gate.Reason, Does.StartWith("The preparation 'npm ci --no-audit --no-fund' ended with exit code"));
        Assert.That(stage.Output, Does.Contain("    npm error"));
    }

    [Test]
    public async Task What_failed_is_shown_with_the_end_of_its_log_and_nothing_of_it_is_a_command()
    {
        await stage.RunAsync(new GateSettings("lint") { Command = "seq 1 100; echo '::set-env name=A::b'; echo $TOKEN; exit 1" });

        Assert.That(
            stage.Output,
            Does.Contain("✗ lint").And.Contain("    100\n").And.Not.Contain("    80\n").And.Not.Contain("\n::set-env")
        );
    }

    [Test]
    public async Task A_result_reads_back_as_it_was_recorded()
    {
        var gate = await stage.RunAsync(
            new GateSettings("unit_tests")
            {
                Command = $"echo '{OnePassed}' > $RELEASE_GATE_REPORTS/j.xml",
                Threshold = "success_rate = 100%",
            }
        );

        var again = GateResult.FromJson(gate.ToJson());

        Assert.That(again.ToJson().ToJsonString(), Is.EqualTo(gate.ToJson().ToJsonString()));
        Assert.That(again.Metrics["success_rate"], Is.EqualTo(Quantity.Share(1)));
    }

    void Program(string path, string script)
    {
        var program = stage.Folder.Write(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    sealed class OwnGate(string name, Func<GateAnswer> answer) : IGate
    {
        public string Name => name;

        public Task<GateAnswer> CheckAsync(GateCandidate candidate, CancellationToken cancel) => Task.FromResult(answer());
    }
}
