using ReleaseRecipes.Gates.Evidence;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>Go: <c>go test</c> with its events and a cover profile, <c>go build</c> and <c>go vet</c>, govulncheck and gosec.</summary>
sealed class GoProject : IProjectKind
{
    const string IntegrationTag = "//go:build integration";

    public string Name => "Go";

    public FoundCommand? Find(GateSettings gate, ProjectFiles files) =>
        !files.Has("go.mod")
            ? null
            : gate.Name switch
            {
                "unit_tests" when Tests(files).Any() => Test("", $"found go.mod and {Tests(files).First()}"),
                "integration_tests" when Tests(files).FirstOrDefault(IsIntegration(files)) is { } tagged => Test(
                    "-tags=integration ",
                    $"found go.mod and {tagged} with the build tag integration"
                ),
                "security_scan" => Audits(),
                "build_validation" => new FoundCommand("go build ./... && go vet ./...", "found go.mod") { ToolVersion = "go version" },
                _ => null,
            };

    public string? WhatToInstall(GateSettings gate, ProjectFiles files) =>
        !files.Has("go.mod") ? null
        : gate.Name == "security_scan" ? "Install a scanner: go install golang.org/x/vuln/cmd/govulncheck@latest"
        : gate.Name == "unit_tests" ? "There is go.mod but no file whose name ends in _test.go"
        : null;

    static IEnumerable<string> Tests(ProjectFiles files) => files.Ending("_test.go");

    static Func<string, bool> IsIntegration(ProjectFiles files) =>
        path => files.Read(path).Contains(IntegrationTag, StringComparison.Ordinal);

    static FoundCommand Test(string tags, string why) =>
        // A result out of Go's cache is of an earlier run.
        new($"go test -json -count=1 {tags}-coverprofile=\"{FoundCommand.ReportFolder}/cover.out\" ./...", why)
        {
            OutputReport = "go-test.json",
            Shown = GoTestReport.Shown,
            WritesReport = true,
            ToolVersion = "go version",
        };

    static FoundCommand? Audits()
    {
        var reports = FoundCommand.ReportFolder;
        List<Scanner> scanners = [];
        if (ProjectFiles.OnPath("govulncheck"))
        {
            scanners.Add(new("govulncheck", "govulncheck -json ./...", "govulncheck.json", Prints: true));
        }

        if (ProjectFiles.OnPath("gosec"))
        {
            scanners.Add(new("gosec", $"gosec -quiet -fmt json -out \"{reports}/gosec.json\" ./...", "gosec.json", Prints: false));
        }

        return Audit.Of(scanners);
    }
}
