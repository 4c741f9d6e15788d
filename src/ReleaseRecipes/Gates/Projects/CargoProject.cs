using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Rust: <c>cargo test</c>, coverage by cargo-llvm-cov or cargo-tarpaulin, <c>cargo check</c>, <c>cargo audit</c>.</summary>
sealed class CargoProject : IProjectKind
{
    public string Name => "Cargo";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files) =>
        !files.Has("Cargo.toml")
            ? null
            : gate.Name switch
            {
                "unit_tests" => Tests(gate, files),
                "integration_tests"
                    when files.All.Any(path =>
                        path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith(".rs", StringComparison.Ordinal)
                    ) => Test("cargo test --no-fail-fast --test \"*\"", "found Cargo.toml and tests/"),
                "security_scan" when ProjectFiles.OnPath("cargo-audit") => Audit.Of([
                    new Scanner("cargo-audit", "cargo audit --json", "cargo-audit.json", Prints: true),
                ]),
                "build_validation" => new FoundCommand("cargo check --workspace --all-targets", "found Cargo.toml")
                {
                    ToolVersion = "cargo --version",
                },
                _ => null,
            };

    public string? WhatToInstall(GateSettings gate, ProjectFiles files) =>
        gate.Name == "security_scan" && files.Has("Cargo.toml") ? "Install a scanner: cargo install cargo-audit" : null;

    static FoundCommand Tests(GateSettings gate, ProjectFiles files)
    {
        var workspace = files.Read("Cargo.toml").Contains("[workspace]", StringComparison.Ordinal) ? " --workspace" : "";
        var wanted = gate.Threshold?.Contains("coverage", StringComparison.Ordinal) == true;
        var reports = FoundCommand.ReportFolder;
        return wanted && ProjectFiles.OnPath("cargo-llvm-cov")
                ? Test(
                    $"cargo llvm-cov{workspace} --no-fail-fast --lcov --output-path \"{reports}/lcov.info\"",
                    "found Cargo.toml and cargo-llvm-cov"
                )
            : wanted && ProjectFiles.OnPath("cargo-tarpaulin")
                ? Test(
                    $"cargo tarpaulin{workspace} --no-fail-fast --out Xml --output-dir \"{reports}\"",
                    "found Cargo.toml and cargo-tarpaulin"
                )
            : Test($"cargo test{workspace} --no-fail-fast", "found Cargo.toml") with
            {
                Advice = wanted ? "Coverage needs a tool: cargo install cargo-llvm-cov" : null,
            };
    }

    static FoundCommand Test(string command, string why) =>
        new(command, why)
        {
            OutputReport = "cargo-test.txt",
            WritesReport = true,
            ToolVersion = "cargo --version",
            Environment = new Dictionary<string, string?> { ["CARGO_TERM_COLOR"] = "never" },
        };
}
