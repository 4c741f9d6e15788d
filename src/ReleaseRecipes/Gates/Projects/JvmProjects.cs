using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Maven: the phases <c>test</c> and <c>verify</c>, with Surefire's, Failsafe's and JaCoCo's reports.</summary>
sealed class MavenProject : IProjectKind
{
    public string Name => "Maven";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files)
    {
        if (!files.Has("pom.xml"))
        {
            return null;
        }

        var poms = string.Join('\n', files.Ending("pom.xml").Select(files.Read));
        var coverage = poms.Contains("jacoco-maven-plugin", StringComparison.Ordinal);
        return gate.Name switch
        {
            "unit_tests" => Command(files, coverage ? "test jacoco:report" : "test", "surefire") with
            {
                Advice = coverage ? null : "Coverage needs the jacoco-maven-plugin with its prepare-agent goal in pom.xml.",
            },
            "integration_tests" when poms.Contains("maven-failsafe-plugin", StringComparison.Ordinal) => Command(
                files,
                "verify",
                "failsafe"
            ),
            "build_validation" => Command(files, "-DskipTests package", null),
            _ => null,
        };
    }

    static FoundCommand Command(ProjectFiles files, string goals, string? reports)
    {
        var program =
            files.Has("mvnw") && !OperatingSystem.IsWindows() ? "sh ./mvnw"
            : files.Has("mvnw.cmd") && OperatingSystem.IsWindows() ? "mvnw.cmd"
            : "mvn";
        return new FoundCommand($"{program} -B -ntp {goals}", "found pom.xml")
        {
            Workspace = "target",
            WritesReport = reports is not null,
            Reports = reports is null ? [] : [$"**/target/{reports}-reports/TEST-*.xml", "**/target/site/jacoco*/**/jacoco.xml"],
            ToolVersion = $"{program} -v -q",
        };
    }
}

/// <summary>Gradle: its test tasks run anew, with their JUnit XML and JaCoCo's report where the plugin is applied.</summary>
sealed partial class GradleProject : IProjectKind
{
    static readonly string[] Builds = ["build.gradle.kts", "build.gradle"];

    public string Name => "Gradle";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files)
    {
        if (files.FirstOf([.. Builds, "settings.gradle.kts", "settings.gradle"]) is not { } found)
        {
            return null;
        }

        var text = string.Join('\n', files.Ending(Builds).Select(files.Read));
        var coverage = Jacoco().IsMatch(text);
        return gate.Name switch
        {
            // A task that is up to date would leave the old reports, which are no evidence.
            "unit_tests" => Command(files, found, "cleanTest test --continue" + (coverage ? " jacocoTestReport" : ""), tests: true) with
            {
                Advice = coverage ? null : "Coverage needs the jacoco plugin with xml.required = true for jacocoTestReport.",
            },
            "integration_tests" when IntegrationTask().Match(text) is { Success: true } task => Command(
                files,
                found,
                $"clean{char.ToUpperInvariant(task.Value[0])}{task.Value[1..]} {task.Value} --continue",
                tests: true
            ),
            "build_validation" => Command(files, found, "assemble", tests: false),
            _ => null,
        };
    }

    static FoundCommand Command(ProjectFiles files, string found, string tasks, bool tests)
    {
        var program =
            files.Has("gradlew.bat") && OperatingSystem.IsWindows() ? "gradlew.bat"
            : files.Has("gradlew") ? "sh ./gradlew"
            : "gradle";
        return new FoundCommand($"{program} {tasks}", $"found {found}")
        {
            Workspace = "build",
            WritesReport = tests,
            Reports = tests ? ["**/build/test-results/**/TEST-*.xml", "**/build/reports/jacoco/**/*.xml"] : [],
            ToolVersion = $"{program} --version -q",
        };
    }

    [GeneratedRegex(@"\bjacoco\b")]
    private static partial Regex Jacoco();

    [GeneratedRegex(@"\b(integrationTest|intTest)\b")]
    private static partial Regex IntegrationTask();
}
