using System.Xml.Linq;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>What people and CI servers see of gates.</summary>
[Platform(Exclude = "Win")]
public sealed class GateViewTests : IDisposable
{
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [Test]
    public async Task A_person_sees_what_runs_right_now_and_it_is_gone_when_it_ends()
    {
        // The gate ends when the view has shown its last line.
        var gate = new GateSettings("unit_tests") { Command = "echo testing things; while [ ! -f seen ]; do sleep 0.05; done" };

        var run = stage.ReportAsync([gate], interactive: true);
        Assert.That(() => stage.Output, Does.Contain("… unit_tests").And.Contain("testing things").After(30_000, 50));
        stage.Folder.Write("seen", "");
        await run;

        Assert.That(stage.Output, Does.Match("\e\\[2K\e\\[32m✓ unit_tests .*exit code 0\e\\[0m\n\\z"));
    }

    [Test]
    public async Task Elsewhere_there_are_plain_lines()
    {
        await stage.RunAsync(new GateSettings("lint") { Command = "echo fine" });

        Assert.That(stage.Output, Does.Contain("  lint  runs echo fine\n").And.Contain("✓ lint").And.Not.Contain("\e"));
    }

    [TestCase("GITHUB_ACTIONS", "::group::lint: log", "::endgroup::")]
    [TestCase("TF_BUILD", "##[group]lint: log", "##[endgroup]")]
    [TestCase("TEAMCITY_VERSION", "##teamcity[blockOpened name='lint']", "##teamcity[blockClosed name='lint']")]
    [TestCase("GITLAB_CI", "\e[0Ksection_start:0:lint[collapsed=true]\r\e[0Klint: log", "\e[0Ksection_end:0:lint\r\e[0K")]
    public void A_CI_server_folds_the_log(string variable, string begin, string end)
    {
        var fold = LogFold.OfThisServer("lint", name => name == variable ? "1" : null, DateTimeOffset.UnixEpoch)!;

        Assert.That((fold.Begin("lint: log"), fold.End()), Is.EqualTo((begin, end)));
    }

    [Test]
    public void The_name_of_a_gate_is_no_command_to_a_CI_server()
    {
        var fold = LogFold.OfThisServer("x']\n::set-env::", name => name == "TEAMCITY_VERSION" ? "1" : null)!;

        Assert.That(fold.Begin("title"), Does.Not.Contain("\n").And.Not.Contain("x'"));
    }

    [TestCase("TF_BUILD", "/b/logs", "##vso[task.uploadsummary]/b/logs/gates.md")]
    [TestCase("TEAMCITY_VERSION", "/b/logs", "##teamcity[importData type='junit' path='/b/logs/gates.xml']")]
    [TestCase("TEAMCITY_VERSION", "/b/it's", null)]
    [TestCase("TF_BUILD", "/b\n##vso[task.setvariable]", null)]
    [TestCase("GITHUB_ACTIONS", "/b/logs", null)]
    public void A_CI_server_is_told_of_the_results(string variable, string folder, string? line) =>
        Assert.That(GateExports.Announcement(folder, name => name == variable ? "1" : null), Is.EqualTo(line));

    [Test]
    public void No_server_folds_where_none_is() => Assert.That(LogFold.OfThisServer("lint", _ => null), Is.Null);

    [Test]
    public void The_results_are_exported_for_other_tools()
    {
        var report = new GateReport([
            new GateResult("unit_tests", true, GateVerdict.Passed, "12 tests passed"),
            new GateResult("lint", true, GateVerdict.Failed, "<img src=x> | @team \u0001"),
            new GateResult("perf", false, GateVerdict.NotRun, "nothing to run"),
        ]);
        var summary = stage.Folder["summary.md"];

        GateExports.Write(report, stage.Folder.Path, name => name == "GITHUB_STEP_SUMMARY" ? summary : null);

        var suite = XDocument.Load(stage.Folder["gates.xml"]).Root!;
        Assert.That(
            suite.Elements("testcase").Select(test => (test.Attribute("name")!.Value, test.Elements().FirstOrDefault()?.Name.LocalName)),
            Is.EqualTo([("unit_tests", null), ("lint", "failure"), ("perf", (string?)"skipped")])
        );
        Assert.That(File.ReadAllText(summary), Does.Contain("| unit_tests | passed |").And.Contain("**failed**").And.Not.Contain("<img"));
    }
}
