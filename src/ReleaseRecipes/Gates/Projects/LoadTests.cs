using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Load tests that stand beside a project of any kind: scripts of k6 and plans of JMeter.</summary>
sealed class LoadTests : IProjectKind
{
    public string Name => "k6 and JMeter";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files) =>
        gate.Name == "performance_tests" ? K6(files) ?? JMeter(files) : null;

    static FoundCommand? K6(ProjectFiles files) =>
        files
            .Ending(".js", ".ts")
            .Take(500)
            .FirstOrDefault(path =>
                files.Read(path) is var text
                && (text.Contains("'k6/http'", StringComparison.Ordinal) || text.Contains("\"k6/http\"", StringComparison.Ordinal))
            )
            is { } script
            ? new FoundCommand(
                $"k6 run --summary-export=\"{FoundCommand.ReportFolder}/k6.json\" --summary-trend-stats=\"avg,min,med,max,p(50),p(90),p(95),p(99)\" {ShellWord.Quote(script)}",
                $"found {script}, a script of k6"
            )
            {
                WritesReport = true,
                ToolVersion = "k6 version",
            }
            : null;

    static FoundCommand? JMeter(ProjectFiles files) =>
        files.Ending(".jmx").FirstOrDefault() is { } plan
            ? new FoundCommand(
                $"jmeter -n -t {ShellWord.Quote(plan)} -l \"{FoundCommand.ReportFolder}/results.jtl\" -Jjmeter.save.saveservice.output_format=csv",
                $"found {plan}"
            )
            {
                WritesReport = true,
                ToolVersion = "jmeter --version",
            }
            : null;
}
