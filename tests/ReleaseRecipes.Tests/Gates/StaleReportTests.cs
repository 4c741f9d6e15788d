using ReleaseRecipes.Gates;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>Only what this run wrote is evidence.</summary>
[Platform(Exclude = "Win")]
public sealed class StaleReportTests : IDisposable
{
    const string OnePassed = "<testsuite tests=\"1\"><testcase name=\"a\"/></testsuite>";
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [Test]
    public async Task A_report_of_an_earlier_run_is_no_evidence()
    {
        stage.Folder.Write("junit.xml", OnePassed);

        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = "true", Threshold = "success_rate = 100%" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.Contain("junit.xml").And.Contain("old report"));
    }

    [Test]
    public async Task An_old_report_with_a_time_to_come_is_no_evidence()
    {
        File.SetLastWriteTimeUtc(stage.Folder.Write("junit.xml", OnePassed), DateTime.UtcNow.AddDays(1));

        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = "true", Threshold = "success_rate = 100%" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
    }

    [Test]
    public async Task A_copy_that_keeps_its_old_time_is_no_evidence()
    {
        File.SetLastWriteTimeUtc(stage.Folder.Write("cache/old.xml", OnePassed), DateTime.UtcNow.AddDays(-1));

        var gate = await stage.RunAsync(
            new GateSettings("unit_tests") { Command = "cp -p cache/old.xml junit.xml", Threshold = "success_rate = 100%" }
        );

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
    }

    [TestCase("<testsuite timestamp=\"2020-01-05T09:00:00\" tests=\"1\"><testcase name=\"a\"/></testsuite>")]
    [TestCase(
        "<TestRun><Times finish=\"2020-01-05T09:00:00.0+00:00\"/><Results><UnitTestResult testName=\"a\" outcome=\"Passed\"/></Results><ResultSummary outcome=\"Completed\"/></TestRun>"
    )]
    [TestCase("{\"stats\":{\"passes\":1,\"failures\":0,\"pending\":0,\"end\":\"2020-01-05T09:00:00.010Z\"}}")]
    [TestCase("{\"Time\":\"2020-01-05T09:00:00Z\",\"Action\":\"pass\",\"Package\":\"p\"}")]
    public async Task A_fresh_copy_of_a_report_that_says_itself_that_it_is_old_is_no_evidence(string report)
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = $"echo '{report}' > $RELEASE_GATE_REPORTS/r" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.Contain("says itself that it is from 2020-01-05 09:00:00 UTC"));
    }

    [Test]
    public async Task A_fresh_link_to_an_old_report_is_no_evidence()
    {
        File.SetLastWriteTimeUtc(stage.Folder.Write("cache/old.xml", OnePassed), DateTime.UtcNow.AddDays(-1));

        var gate = await stage.RunAsync(
            new GateSettings("unit_tests")
            {
                Command = "ln -s $PWD/cache/old.xml $RELEASE_GATE_REPORTS/j.xml; ln -s cache/old.xml junit.xml",
                Reports = ["junit.xml"],
            }
        );

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.Contain("$RELEASE_GATE_REPORTS/j.xml, junit.xml").And.Contain("from before this run"));
    }

    [Test]
    public async Task A_pipe_among_the_reports_is_no_way_to_hang()
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Command = "mkfifo $RELEASE_GATE_REPORTS/j.xml" });

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Unknown));
        Assert.That(gate.Reason, Does.Contain("$RELEASE_GATE_REPORTS/j.xml cannot be read: it is empty"));
    }
}
