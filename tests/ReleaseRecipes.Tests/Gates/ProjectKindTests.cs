using ReleaseRecipes.Gates;
using ReleaseRecipes.Gates.Projects;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

[Platform(Exclude = "Win")]
public sealed class ProjectKindTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_kinds_are_asked_in_the_documented_order() =>
        Assert.That(
            ProjectKinds.InOrder.Select(kind => kind.Name),
            Is.EqualTo([".NET", "npm", "pytest", "Go", "Maven", "Gradle", "Cargo", "k6 and JMeter", "make"])
        );

    [TestCase("tests/test_shop.py", "", "unit_tests", " --junitxml=\"$RELEASE_GATE_REPORTS/junit.xml\"")]
    [TestCase("tests/integration/test_shop.py", "", "integration_tests", " tests/integration --junitxml=")]
    [TestCase("tests/integration/test_shop.py", "", "unit_tests", " --ignore=tests/integration --junitxml=")]
    [TestCase("setup.py", "", "build_validation", "-m compileall -q")]
    [TestCase("package-lock.json", "{}", "security_scan", "npm audit --json")]
    [TestCase("pom.xml", "<artifactId>jacoco-maven-plugin</artifactId>", "unit_tests", "mvn -B -ntp test jacoco:report")]
    [TestCase("pom.xml", "<artifactId>maven-failsafe-plugin</artifactId>", "integration_tests", "mvn -B -ntp verify")]
    [TestCase("pom.xml", "", "build_validation", "mvn -B -ntp -DskipTests package")]
    [TestCase("build.gradle.kts", "plugins { jacoco }", "unit_tests", "gradle cleanTest test --continue jacocoTestReport")]
    [TestCase("build.gradle", "task integrationTest", "integration_tests", "gradle cleanIntegrationTest integrationTest --continue")]
    [TestCase("Cargo.toml", "[workspace]", "unit_tests", "cargo test --workspace --no-fail-fast")]
    [TestCase("Cargo.toml", "", "build_validation", "cargo check --workspace --all-targets")]
    [TestCase("load/home.js", "import http from 'k6/http';", "performance_tests", "k6 run --summary-export=")]
    [TestCase("load.jmx", "", "performance_tests", "jmeter -n -t load.jmx -l \"$RELEASE_GATE_REPORTS/results.jtl\"")]
    [TestCase(
        "bench/Bench.csproj",
        "<PackageReference Include=\"BenchmarkDotNet\" />",
        "performance_tests",
        "dotnet run -c Release --project bench/Bench.csproj"
    )]
    [TestCase("Shop.sln", "", "security_scan", "dotnet list Shop.sln package --vulnerable --include-transitive --format json")]
    [TestCase("Makefile", "CC := gcc\nall: build\nbuild lint: x\ntest: build\n\techo\n", "unit_tests", "make test")]
    [TestCase("Makefile", "test := x\nall:\n", "build_validation", "make all")]
    [TestCase("Makefile", "build:\nlint:\n", "build_validation", "make lint build")]
    public void A_file_gives_the_command(string file, string text, string gate, string command)
    {
        folder.Write(file, text);
        if (file == "package-lock.json")
        {
            folder.Write("package.json", "{}");
        }

        Assert.That(Plan(gate).Command, Does.Contain(command));
    }

    [TestCase("Makefile", "test := x\n", "unit_tests")]
    [TestCase("go.mod", "module x\n", "unit_tests")]
    [TestCase("package.json", "{}", "security_scan")]
    [TestCase("pom.xml", "", "integration_tests")]
    [TestCase("Shop.sln", "", "unit_tests")]
    [TestCase("requirements.txt", "flask", "unit_tests")]
    public void Where_there_is_nothing_for_a_gate_none_is_made_up(string file, string text, string gate)
    {
        folder.Write(file, text);

        Assert.That(Plan(gate).Command, Is.Null);
    }

    [Test]
    public void Go_tests_write_their_events_and_a_profile()
    {
        folder.Write("go.mod", "module x\n");
        folder.Write("shop/cart_test.go", "//go:build integration\npackage shop\n");

        Assert.That(
            Plan("unit_tests").Command,
            Does.Contain("go test -json -count=1 -coverprofile=\"$RELEASE_GATE_REPORTS/cover.out\" ./...")
        );
        Assert.That(Plan("integration_tests").Command, Does.Contain("-count=1 -tags=integration "));
    }

    [Test]
    public void A_scanner_that_is_not_there_is_named_with_the_command_that_installs_it()
    {
        folder.Write("Cargo.toml", "");

        var gate = Plan("security_scan");

        Assert.That(gate.Command is null ? gate.Advice : "cargo install cargo-audit", Does.Contain("cargo install cargo-audit"));
    }

    [Test]
    public void The_program_of_the_projects_own_environment_comes_first()
    {
        folder.Write("tests/test_shop.py", "");
        folder.Write(".venv/bin/pytest", "");

        Assert.That(Plan("unit_tests").Command, Does.StartWith(".venv/bin/pytest "));
    }

    [Test]
    public void Gates_that_build_in_the_same_folder_share_it()
    {
        folder.Write("pom.xml", "");

        Assert.That(Plan("unit_tests").Workspace, Is.EqualTo("target").And.EqualTo(Plan("build_validation").Workspace));
    }

    PlannedGate Plan(string name) => GatePlan.For([new GateSettings(name)], folder.Path).Gates.Single();
}
