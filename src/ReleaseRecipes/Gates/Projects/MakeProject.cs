using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>make: the targets that are named for a gate.</summary>
sealed partial class MakeProject : IProjectKind
{
    static readonly Dictionary<string, string[]> Targets = new()
    {
        ["unit_tests"] = ["unit-tests", "unit-test", "test-unit", "test", "tests", "check"],
        ["integration_tests"] = ["integration-tests", "integration-test", "test-integration", "integration", "e2e"],
        ["security_scan"] = ["security-scan", "security", "audit"],
        ["performance_tests"] = ["performance-tests", "performance-test", "test-performance", "perf", "bench", "benchmark"],
    };

    static readonly string[] Validations = ["lint", "typecheck", "build"];

    public string Name => "make";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files)
    {
        if (files.FirstOf("GNUmakefile", "makefile", "Makefile") is not { } makefile)
        {
            return null;
        }

        var there = Target()
            .Matches(files.Read(makefile))
            .SelectMany(match => match.Groups[1].Value.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet();
        string[] chosen =
            gate.Name == "build_validation"
                ? [.. Validations.Where(there.Contains)]
                : [.. Targets.GetValueOrDefault(gate.Name, []).Where(there.Contains).Take(1)];
        if (gate.Name == "build_validation" && chosen.Length == 0 && there.Contains("all"))
        {
            chosen = ["all"];
        }

        return chosen.Length == 0
            ? null
            : new FoundCommand($"make {string.Join(' ', chosen)}", $"found {makefile} with {string.Join(", ", chosen)}")
            {
                Reports = UsualReports.For(gate),
                ToolVersion = "make --version",
            };
    }

    [GeneratedRegex(@"^([A-Za-z0-9_. \t-]+?)[ \t]*::?(?!=)", RegexOptions.Multiline)]
    private static partial Regex Target();
}
