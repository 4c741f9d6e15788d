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
            Doubt = PackageSources.WhyNothingIsFoundAsync,
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
        var chosen = TestProjects(files, integration);
        if (chosen.Count == 0)
        {
            return null;
        }

        var coverage = gate.Threshold?.Contains("coverage", StringComparison.Ordinal) == true;
        var arguments = chosen.ToDictionary(path => path, path => Arguments(files, path, coverage));
        var platform = DotnetTestArguments.IsOptedIn(files);
        if (!platform && arguments.Values.Any(one => one.NeedsPlatform))
        {
            return null;
        }

        string Options(string path) => platform ? arguments[path].OnPlatform() : arguments[path].Classic();
        // One run over the solution builds what the projects share only once.
        var whole =
            TestProjects(files, !integration).Count == 0
            && Solutions.Contains(Path.GetExtension(target))
            && chosen.Select(Options).Distinct().Count() == 1;
        string Run(string what, string path, string options) =>
            $"dotnet test {(platform ? what : "")}{ShellWord.Quote(path)} --no-restore {options}";
        var text = whole
            ? Run("--solution ", target, Options(chosen[0]))
            : string.Join(" && ", chosen.Select(path => Run("--project ", path, Options(path))));
        var lacking = arguments.FirstOrDefault(one => one.Value.MissingPackage(platform) is not null);
        return Command(text, $"found {(whole ? target : string.Join(", ", chosen))} with {Counted(chosen.Count)}", target) with
        {
            Workspace = "dotnet/Debug",
            WritesReport = true,
            Advice = lacking.Value is null
                ? null
                : $"{lacking.Key} cannot write what the gate needs: dotnet add {lacking.Key} package {lacking.Value.MissingPackage(platform)}.",
        };
    }

    public string? WhatToInstall(GateSettings gate, ProjectFiles files) =>
        gate.Name is "unit_tests" or "integration_tests"
        && !DotnetTestArguments.IsOptedIn(files)
        && TestProjects(files, gate.Name == "integration_tests").Find(path => Arguments(files, path, false).NeedsPlatform) is { } project
            ? DotnetTestArguments.OptInAdvice(project)
            : null;

    static List<string> TestProjects(ProjectFiles files, bool integration) =>
        [
            .. files
                .Ending(Projects)
                .Where(path => TestSdk().IsMatch(files.Read(path)))
                .Where(path => Integration().IsMatch(Path.GetFileNameWithoutExtension(path)) == integration),
        ];

    static DotnetTestArguments Arguments(ProjectFiles files, string project, bool coverage) =>
        new(
            string.Join(
                '\n',
                new[] { project, "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }.Select(files.Read)
            ),
            coverage
        );

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

    static string Counted(int projects) => projects == 1 ? "1 test project" : $"{projects} test projects";

    [GeneratedRegex(
        "Microsoft\\.NET\\.Test\\.Sdk|MSTest\\.Sdk|\"MSTest\"|<IsTestProject>\\s*true|<Enable(MSTest|NUnit)Runner>\\s*true|xunit\\.v3|\"TUnit\"",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TestSdk();

    [GeneratedRegex(@"integration|e2e|acceptance|endtoend", RegexOptions.IgnoreCase)]
    private static partial Regex Integration();
}
