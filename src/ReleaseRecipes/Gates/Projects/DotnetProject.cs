using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>.NET: <c>dotnet test</c> and <c>dotnet build</c> over the solution or the project nearest to the root.</summary>
sealed partial class DotnetProject : IProjectKind
{
    static readonly string[] Solutions = [".slnx", ".sln"];
    static readonly string[] Projects = [".csproj", ".fsproj", ".vbproj"];

    public string Name => ".NET";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files) =>
        Target(files) is not { } target
            ? null
            : gate.Name switch
            {
                "unit_tests" => Tests(gate, files, target, integration: false),
                "integration_tests" => Tests(gate, files, target, integration: true),
                "security_scan" => Audit(target),
                "performance_tests" => Benchmarks(files, target),
                "build_validation" => Command($"dotnet build {ShellWord.Quote(target)} -c Release --no-restore", $"found {target}", target),
                _ => null,
            };

    static FoundCommand Audit(string target) =>
        Command(
            $"dotnet list {ShellWord.Quote(target)} package --vulnerable --include-transitive --format json",
            $"found {target}",
            target
        ) with
        {
            WritesReport = true,
            OutputReport = "dotnet-vulnerable.json",
        };

    static FoundCommand? Benchmarks(ProjectFiles files, string target) =>
        files.Ending(Projects).FirstOrDefault(path => files.Read(path).Contains("\"BenchmarkDotNet\"", StringComparison.OrdinalIgnoreCase))
            is { } project
            ? Command(
                $"dotnet run -c Release --project {ShellWord.Quote(project)} -- --filter \"*\" --exporters fulljson --artifacts \"{FoundCommand.ReportFolder}\"",
                $"found {project} with BenchmarkDotNet",
                target
            ) with
            {
                WritesReport = true,
            }
            : null;

    /// <summary>The solution or project that stands for the repository.</summary>
    static string? Target(ProjectFiles files) => files.Ending(Solutions).Concat(files.Ending(Projects)).FirstOrDefault();

    static FoundCommand? Tests(GateSettings gate, ProjectFiles files, string target, bool integration)
    {
        var projects = files.Ending(Projects).Where(path => TestSdk().IsMatch(files.Read(path))).ToList();
        var chosen = projects.Where(path => Integration().IsMatch(Path.GetFileNameWithoutExtension(path)) == integration).ToList();
        if (chosen.Count == 0)
        {
            return null;
        }

        // One run over the solution builds what the projects share only once.
        var whole = chosen.Count == projects.Count && Solutions.Contains(Path.GetExtension(target));
        var platform = files.Read("global.json").Contains("Microsoft.Testing.Platform", StringComparison.Ordinal);
        var settings = string.Join(
            '\n',
            projects.Concat(["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"]).Select(files.Read)
        );
        var arguments = platform ? PlatformArguments(settings) : ClassicArguments(settings);
        string Run(string path) =>
            $"dotnet test {(platform ? "--solution " + ShellWord.Quote(path) : ShellWord.Quote(path))} --no-restore {arguments}";
        string RunProject(string path) => $"dotnet test {(platform ? "--project " : "")}{ShellWord.Quote(path)} --no-restore {arguments}";
        var text = whole ? Run(target) : string.Join(" && ", chosen.Select(RunProject));
        return Command(text, $"found {(whole ? target : string.Join(", ", chosen))} with {Counted(chosen.Count)}", target) with
        {
            Workspace = "dotnet/Debug",
            WritesReport = arguments.Contains("trx", StringComparison.Ordinal),
            Advice =
                gate.Threshold?.Contains("coverage", StringComparison.Ordinal) == true && !HasCoverage(settings, platform)
                    ? "The threshold asks for coverage, which no test project measures: add it with 'dotnet add <test project> package "
                        + (platform ? "Microsoft.Testing.Extensions.CodeCoverage'." : "coverlet.collector'.")
                    : null,
        };
    }

    static FoundCommand Command(string text, string why, string target) =>
        new(text, why)
        {
            // Tests and build side by side must not both write the packages' lists.
            Prepare = $"dotnet restore {ShellWord.Quote(target)}",
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["MSBUILDDISABLENODEREUSE"] = "1",
            },
            ToolVersion = "dotnet --version",
        };

    static string ClassicArguments(string settings) =>
        $"--logger trx --results-directory \"{FoundCommand.ReportFolder}\""
        + (HasCoverage(settings, false) ? " --collect \"XPlat Code Coverage\"" : "");

    static string PlatformArguments(string settings) =>
        $"--results-directory \"{FoundCommand.ReportFolder}\""
        + (
            settings.Contains("TrxReport", StringComparison.Ordinal) || settings.Contains("MSTest.Sdk", StringComparison.Ordinal)
                ? " --report-trx"
                : ""
        )
        + (HasCoverage(settings, true) ? " --coverage --coverage-output-format cobertura" : "");

    static bool HasCoverage(string settings, bool platform) =>
        settings.Contains(platform ? "Testing.Extensions.CodeCoverage" : "coverlet.collector", StringComparison.OrdinalIgnoreCase)
        || platform && settings.Contains("MSTest.Sdk", StringComparison.Ordinal);

    static string Counted(int projects) => projects == 1 ? "1 test project" : $"{projects} test projects";

    [GeneratedRegex("Microsoft\\.NET\\.Test\\.Sdk|MSTest\\.Sdk|<IsTestProject>\\s*true|xunit\\.v3|\"TUnit\"", RegexOptions.IgnoreCase)]
    private static partial Regex TestSdk();

    [GeneratedRegex(@"integration|e2e|acceptance|endtoend", RegexOptions.IgnoreCase)]
    private static partial Regex Integration();
}
