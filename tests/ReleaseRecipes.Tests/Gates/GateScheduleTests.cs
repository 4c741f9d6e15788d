using ReleaseRecipes.Gates;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Gates;

[Platform(Exclude = "Win")]
public sealed class GateScheduleTests : IDisposable
{
    const string OnePassed = "<testsuite tests=\"1\"><testcase name=\"a\"/></testsuite>";
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [Test]
    public async Task Gates_run_side_by_side_and_exclusive_ones_alone()
    {
        // Each of the first two waits for the other: one after the other they would never end.
        var report = await stage.ReportAsync(
            [
                new GateSettings("alone") { Command = "[ -f a ] && [ -f b ] && [ ! -f running ]", Exclusive = true },
                new GateSettings("a") { Command = "touch a running; while [ ! -f b ]; do sleep 0.05; done; rm running" },
                new GateSettings("b") { Command = "touch b; while [ ! -f a ]; do sleep 0.05; done" },
            ],
            parallel: 2
        );

        Assert.That(
            report.Gates.Select(gate => (gate.Name, gate.Verdict)),
            Is.EqualTo(new[] { "alone", "a", "b" }.Select(name => (name, GateVerdict.Passed)))
        );
    }

    [Test]
    public async Task Gates_that_look_for_reports_in_the_same_places_do_not_take_each_others()
    {
        var report = await stage.ReportAsync(
            [
                new GateSettings("unit_tests") { Command = $"echo '{OnePassed}' > junit.xml; sleep 0.3" },
                new GateSettings("integration_tests") { Command = "sleep 0.1", Threshold = "success_rate = 100%" },
            ],
            parallel: 2
        );

        Assert.That(report.Gates.Select(gate => gate.Verdict), Is.EqualTo([GateVerdict.Passed, GateVerdict.Unknown]));
    }

    [Test]
    public async Task A_report_that_two_gates_read_side_by_side_is_nobodys_evidence()
    {
        var report = await stage.ReportAsync(
            [
                new GateSettings("one")
                {
                    Command = $"while [ ! -f b ]; do sleep 0.05; done; echo '{OnePassed}' > new; mv new x.xml",
                    Reports = ["*.xml"],
                },
                new GateSettings("two") { Command = "touch b; while [ ! -f x.xml ]; do sleep 0.05; done", Reports = ["x.*"] },
            ],
            parallel: 2
        );

        Assert.That(report.Gates.Select(gate => gate.Verdict), Is.All.EqualTo(GateVerdict.Unknown));
        Assert.That(report.Gates[0].Reason, Does.Contain("x.xml was read by one and two"));
    }
}
