using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>npm, pnpm and yarn: the scripts of <c>package.json</c>, with a report where the runner can write one by itself.</summary>
sealed class NodeProject : IProjectKind
{
    /// <summary>Where nothing is found, yarn 4 writes no JSON at all; then it is asked for words, since an empty file is no evidence.</summary>
    static readonly string ModernYarnAudit =
        $"yarn npm audit --all --recursive --json > \"{FoundCommand.ReportFolder}/yarn-audit.json\""
        + (
            OperatingSystem.IsWindows()
                ? ""
                : $" && {{ [ -s \"{FoundCommand.ReportFolder}/yarn-audit.json\" ] || yarn npm audit --all --recursive > \"{FoundCommand.ReportFolder}/yarn-audit.json\"; }}"
        );

    static readonly string[] Builds = ["lint", "typecheck", "type-check", "check-types", "build"];

    public string Name => "npm";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files)
    {
        if (PackageJson.Read(files) is not { } package)
        {
            return null;
        }

        return gate.Name switch
        {
            "unit_tests" => Tests(gate, package, "test:unit", "test"),
            "integration_tests" => Tests(gate, package, "test:integration", "test:e2e", "integration"),
            "security_scan" => Audit(package, files),
            "performance_tests" => Scripts(
                package,
                [.. new[] { "test:performance", "test:perf", "benchmark" }.Where(package.Scripts.ContainsKey).Take(1)]
            ),
            "build_validation" => Scripts(package, [.. Builds.Where(package.Scripts.ContainsKey)]),
            _ => null,
        };
    }

    static FoundCommand? Scripts(PackageJson package, string[] names) =>
        names.Length == 0
            ? null
            : Command(
                package,
                string.Join(" && ", names.Select(name => $"{package.Program} run {name}")),
                $"found package.json {(names.Length == 1 ? "script" : "scripts")} {string.Join(", ", names)}"
            );

    static FoundCommand? Audit(PackageJson package, ProjectFiles files)
    {
        var command = package.Program switch
        {
            "npm" when files.FirstOf("package-lock.json", "npm-shrinkwrap.json") is not null => "npm audit --json",
            "pnpm" => "pnpm audit --json",
            "yarn" => package.ModernYarn ? ModernYarnAudit : "yarn audit --json",
            _ => null,
        };
        return command is null
            ? null
            : new FoundCommand(command, $"found {(package.Program == "npm" ? "package-lock.json" : "package.json")}")
            {
                WritesReport = true,
                OutputReport = package.ModernYarn ? null : "npm-audit.json",
                // yarn adds up one bit a severity.
                FindingsExitCodes = package.Program == "yarn" ? [.. Enumerable.Range(1, 31)] : [1],
                ToolVersion = $"{package.Program} --version",
            };
    }

    public string? WhatToInstall(GateSettings gate, ProjectFiles files) =>
        !files.Has("package.json") ? null
        : gate.Name == "security_scan" ? "npm audit needs a lock file: npm install --package-lock-only"
        : gate.Name == "unit_tests"
            ? "package.json has no test script but, at most, the one that npm init writes: \"test\": \"node --test\" would be one"
        : null;

    static FoundCommand? Tests(GateSettings gate, PackageJson package, params string[] names)
    {
        var name = names.FirstOrDefault(package.HasTests);
        if (name is null)
        {
            return null;
        }

        var coverage = gate.Threshold?.Contains("coverage", StringComparison.Ordinal) == true;
        var runner = NodeTestRunner.Of(package.Scripts[name], package, coverage);
        // "pnpm test" keeps options for itself; "pnpm run test" hands them to the script.
        var run = name == "test" && package.Program != "pnpm" ? $"{package.Program} test" : $"{package.Program} run {name}";
        return Command(
            package,
            runner.Instead ?? (runner.Arguments.Length == 0 ? run : $"{run}{(package.Program == "npm" ? " --" : "")} {runner.Arguments}"),
            $"found package.json script {name}" + (runner.Name is null ? "" : $" ({runner.Name})")
        ) with
        {
            Environment = runner.Environment,
            WritesReport = runner.Name is not null,
            Reports = !coverage ? [] : ["coverage/coverage-summary.json", "coverage/lcov.info", "coverage/cobertura-coverage.xml"],
            Advice = coverage ? runner.CoverageAdvice : null,
        };
    }

    static FoundCommand Command(PackageJson package, string text, string why) =>
        new(text, why) { Prepare = package.Install, ToolVersion = $"node --version && {package.Program} --version" };
}
