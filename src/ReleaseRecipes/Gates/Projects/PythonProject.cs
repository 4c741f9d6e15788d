using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Python: pytest with JUnit XML and coverage, pip-audit, safety and bandit, and compiling as validation.</summary>
sealed partial class PythonProject : IProjectKind
{
    static readonly string[] Settings =
    [
        "pyproject.toml",
        "pytest.ini",
        "setup.cfg",
        "tox.ini",
        "setup.py",
        "requirements.txt",
        "requirements-dev.txt",
    ];

    public string Name => "pytest";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files) =>
        !IsPython(files)
            ? null
            : gate.Name switch
            {
                "unit_tests" => Tests(gate, files, integration: false),
                "integration_tests" => Tests(gate, files, integration: true),
                "security_scan" => Audits(files),
                "build_validation" => Validation(files),
                _ => null,
            };

    public string? WhatToInstall(GateSettings gate, ProjectFiles files) =>
        !IsPython(files) ? null
        : gate.Name == "security_scan" ? "Install a scanner: pip install pip-audit bandit"
        : gate.Name == "unit_tests" ? "No file is named test_*.py or *_test.py, as pytest wants"
        : null;

    static bool IsPython(ProjectFiles files) => files.FirstOf(Settings) is not null || files.All.Any(path => TestFile().IsMatch(path));

    static FoundCommand? Tests(GateSettings gate, ProjectFiles files, bool integration)
    {
        var settings = string.Join('\n', Settings.Select(files.Read));
        var folder =
            files.FirstOf("tests/integration/__init__.py") is not null || files.HasFolder("tests/integration") ? "tests/integration" : null;
        var marked = folder is null && Marker().IsMatch(settings);
        if (!files.All.Any(path => TestFile().IsMatch(path)) || integration && folder is null && !marked)
        {
            return null;
        }

        var coverage =
            gate.Threshold?.Contains("coverage", StringComparison.Ordinal) == true
            || settings.Contains("pytest-cov", StringComparison.Ordinal);
        string[] words =
        [
            Program(files, "pytest"),
            integration && folder is not null ? folder : "",
            !integration && folder is not null ? $"--ignore={folder}" : "",
            marked ? (integration ? "-m integration" : "-m \"not integration\"") : "",
            $"--junitxml=\"{FoundCommand.ReportFolder}/junit.xml\"",
            // A project that says what it measures is measured so.
            coverage
                ? $"{(HasCoverageSettings(files, settings) ? "--cov" : "--cov=.")} --cov-report=xml:\"{FoundCommand.ReportFolder}/coverage.xml\" --cov-report=term"
                : "",
        ];
        return new FoundCommand(
            string.Join(' ', words.Where(word => word.Length > 0)),
            $"found {files.All.First(path => TestFile().IsMatch(path))}"
        )
        {
            // As "python -m pytest" would: modules beside the tests can be imported. And reports alone say what was covered.
            Environment = new Dictionary<string, string?> { ["PYTHONPATH"] = WithRoot(), ["COVERAGE_FILE"] = "{reports}/.coverage" },
            WritesReport = true,
            ToolVersion = $"{Program(files, "pytest")} --version",
            Advice = coverage ? "Coverage needs pytest-cov: pip install pytest-cov" : null,
        };
    }

    static bool HasCoverageSettings(ProjectFiles files, string settings) =>
        files.Has(".coveragerc") || CoverageSettings().IsMatch(settings);

    static string WithRoot() =>
        Environment.GetEnvironmentVariable("PYTHONPATH") is { Length: > 0 } own ? $".{Path.PathSeparator}{own}" : ".";

    static FoundCommand? Audits(ProjectFiles files)
    {
        var reports = FoundCommand.ReportFolder;
        // What is not named is looked for in the program's own environment, which need not be the project's.
        var requirements = files.Has("requirements.txt") ? " -r requirements.txt" : "";
        var project =
            requirements.Length == 0 && files.Read("pyproject.toml").Contains("[project]", StringComparison.Ordinal) ? " ." : requirements;
        List<Scanner> scanners = [];
        if (HasProgram(files, "pip-audit"))
        {
            scanners.Add(
                new("pip-audit", $"--format json --output \"{reports}/pip-audit.json\"{project}", "pip-audit.json", Prints: false)
            );
        }
        else if (HasProgram(files, "safety"))
        {
            scanners.Add(new("safety", $"check --json{requirements}", "safety.json", Prints: true));
        }

        if (HasProgram(files, "bandit"))
        {
            scanners.Add(
                new(
                    "bandit",
                    $"-q -r . -x ./.venv,./venv,./tests,./node_modules -f json -o \"{reports}/bandit.json\"",
                    "bandit.json",
                    Prints: false
                )
            );
        }

        return Audit.Of([.. scanners.Select(scanner => scanner with { Command = $"{Program(files, scanner.Program)} {scanner.Command}" })]);
    }

    static FoundCommand Validation(ProjectFiles files)
    {
        var python =
            files.FirstOf(".venv/bin/python", "venv/bin/python", ".venv/Scripts/python.exe")
            ?? (OperatingSystem.IsWindows() ? "python" : "python3");
        List<string> commands = [$"{python} -m compileall -q -x \"[.]venv|venv|node_modules\" ."];
        List<string> found = [files.FirstOf(Settings) ?? "Python files"];
        var settings = string.Join('\n', Settings.Select(files.Read));
        if (
            (settings.Contains("[tool.ruff", StringComparison.Ordinal) || files.FirstOf("ruff.toml", ".ruff.toml") is not null)
            && HasProgram(files, "ruff")
        )
        {
            commands.Add($"{Program(files, "ruff")} check .");
            found.Add("ruff");
        }

        if (
            (settings.Contains("[tool.mypy", StringComparison.Ordinal) || files.FirstOf("mypy.ini", ".mypy.ini") is not null)
            && HasProgram(files, "mypy")
        )
        {
            commands.Add($"{Program(files, "mypy")} .");
            found.Add("mypy");
        }

        return new FoundCommand(string.Join(" && ", commands), $"found {string.Join(", ", found)}") { ToolVersion = $"{python} --version" };
    }

    static bool HasProgram(ProjectFiles files, string program) =>
        files.FirstOf($".venv/bin/{program}", $"venv/bin/{program}") is not null || ProjectFiles.OnPath(program);

    /// <summary>The program of the project's own environment, else that of the machine.</summary>
    static string Program(ProjectFiles files, string program) =>
        files.FirstOf($".venv/bin/{program}", $"venv/bin/{program}") is { } own ? own
        : files.Has("uv.lock") && ProjectFiles.OnPath("uv") ? $"uv run {program}"
        : files.Has("poetry.lock") && ProjectFiles.OnPath("poetry") ? $"poetry run {program}"
        : program != "pytest" || ProjectFiles.OnPath(program) ? program
        : OperatingSystem.IsWindows() ? $"python -m {program}"
        : $"python3 -m {program}";

    [GeneratedRegex(@"^\[(tool\.)?coverage[.:]", RegexOptions.Multiline)]
    private static partial Regex CoverageSettings();

    [GeneratedRegex(@"(^|/)(test_[^/]*|[^/]*_test)\.py$")]
    private static partial Regex TestFile();

    [GeneratedRegex(@"^\s*[""']?integration\s*[:""']", RegexOptions.Multiline)]
    private static partial Regex Marker();
}
