using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>How a test script of npm is made to leave a report, without adding a dependency.</summary>
/// <param name="Name">The runner; null where it is not known and only its exit code speaks.</param>
/// <param name="Arguments">Words added to the script's last command.</param>
sealed partial record NodeTestRunner(string? Name, string Arguments)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A command that replaces the script, where options must stand before its arguments.</summary>
    public string? Instead { get; init; }

    /// <summary>What to do where the runner cannot measure coverage as the project is.</summary>
    public string? CoverageAdvice { get; init; }

    public static NodeTestRunner Of(string script, PackageJson package, bool coverage)
    {
        var last = script.Split("&&")[^1].Trim();
        var reports = FoundCommand.ReportFolder;
        return last switch
        {
            // What follows a pipe or a semicolon would get the words instead.
            _ when last.IndexOfAny(['|', ';', '>', '&']) >= 0 => Unknown,
            _ when NodeTest().IsMatch(last) => NodesOwn(last, package, coverage && last == script.Trim()),
            _ when Jest().IsMatch(last) => new(
                "jest",
                $"--ci --json --outputFile=\"{reports}/jest.json\"" + JestCoverage(coverage, reports)
            ),
            _ when ReactScripts().IsMatch(last) => new(
                "jest",
                $"--watchAll=false --json --outputFile=\"{reports}/jest.json\"" + JestCoverage(coverage, reports)
            ),
            _ when Vitest().IsMatch(last) => Vite(package, coverage, reports),
            _ when Mocha().IsMatch(last) => new("mocha", $"--reporter xunit --reporter-option output=\"{reports}/mocha.xml\"")
            {
                CoverageAdvice = "Measure coverage with c8 or nyc in the script: \"c8 --reporter=lcov mocha\" writes coverage/lcov.info.",
            },
            _ => Unknown,
        };
    }

    static NodeTestRunner Unknown { get; } =
        new(null, "")
        {
            CoverageAdvice =
                "This test script's runner is not known. Let it write a coverage report, for example with c8 --reporter=lcov, which writes coverage/lcov.info.",
        };

    static NodeTestRunner NodesOwn(string script, PackageJson package, bool coverage)
    {
        if (coverage && !package.Scripts.ContainsKey("pretest") && !package.Scripts.ContainsKey("posttest"))
        {
            var reports = FoundCommand.ReportFolder;
            const string Both =
                "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=";
            var options =
                $"--experimental-test-coverage {Both}\"{reports}/junit.xml\" --test-reporter=lcov --test-reporter-destination=\"{reports}/lcov.info\"";
            return new NodeTestRunner("node --test", "") { Instead = NodeTest().Replace(script, $"node {options}", 1) };
        }

        // Words after a file name are not options to node, variables are, in every command of the script.
        var inherited = System.Environment.GetEnvironmentVariable("NODE_OPTIONS") is { Length: > 0 } own ? own + " " : "";
        return new NodeTestRunner("node --test", "")
        {
            Environment = new Dictionary<string, string?>
            {
                ["NODE_OPTIONS"] =
                    inherited
                    + "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=\"{reports}/junit.xml\"",
            },
            CoverageAdvice =
                "Add --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=coverage/lcov.info to the test script.",
        };
    }

    static string JestCoverage(bool wanted, string reports) =>
        wanted
            ? $" --coverage --coverageReporters=cobertura --coverageReporters=text-summary --coverageDirectory=\"{reports}/coverage\""
            : "";

    static NodeTestRunner Vite(PackageJson package, bool coverage, string reports)
    {
        var can = package.Packages.Contains("@vitest/coverage-v8") || package.Packages.Contains("@vitest/coverage-istanbul");
        return new NodeTestRunner(
            "vitest",
            $"--run --reporter=default --reporter=junit --outputFile.junit=\"{reports}/junit.xml\""
                + (coverage && can ? $" --coverage --coverage.reporter=cobertura --coverage.reportsDirectory=\"{reports}/coverage\"" : "")
        )
        {
            CoverageAdvice = can ? null : "The threshold asks for coverage: npm install --save-dev @vitest/coverage-v8",
        };
    }

    [GeneratedRegex(@"\bnode\b(?=[^|;&]*\s--test(\s|$))")]
    private static partial Regex NodeTest();

    [GeneratedRegex(@"(^|[\s/])jest(\s|$)")]
    private static partial Regex Jest();

    [GeneratedRegex(@"(^|\s)react-scripts test(\s|$)")]
    private static partial Regex ReactScripts();

    [GeneratedRegex(@"(^|[\s/])vitest(\s|$)")]
    private static partial Regex Vitest();

    [GeneratedRegex(@"(^|[\s/])mocha(\s|$)")]
    private static partial Regex Mocha();
}
