using ReleaseRecipes.Gates;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

public sealed class GatePlanTests : IDisposable
{
    const string TestProject = "<Project><ItemGroup><PackageReference Include=\"Microsoft.NET.Test.Sdk\" /></ItemGroup></Project>";
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_command_of_the_strategy_file_comes_first()
    {
        folder.Write("package.json", """{ "scripts": { "test": "jest" } }""");

        var gate = Plan(new GateSettings("unit_tests") { Command = "make check" });

        Assert.That((gate.Command, gate.Why), Is.EqualTo(("make check", "command of the strategy file")));
    }

    [Test]
    public void Dotnet_tests_the_solution()
    {
        folder.Write("Shop.sln", "");
        folder.Write("tests/Shop.Tests/Shop.Tests.csproj", TestProject);

        var gate = Plan("unit_tests");

        Assert.That(gate.Command, Does.StartWith("dotnet test Shop.sln --no-restore --logger trx --results-directory "));
        Assert.That(
            (gate.Why, gate.Prepare, gate.ExpectsReport),
            Is.EqualTo(("found Shop.sln with 1 test project", "dotnet restore Shop.sln", true))
        );
    }

    [Test]
    public void Dotnet_keeps_unit_and_integration_tests_apart()
    {
        folder.Write("Shop.sln", "");
        folder.Write("tests/Shop.Tests/Shop.Tests.csproj", TestProject);
        folder.Write("tests/Shop.IntegrationTests/Shop.IntegrationTests.csproj", TestProject);

        Assert.That(Plan("unit_tests").Command, Does.Contain("Shop.Tests.csproj").And.Not.Contain("Integration"));
        Assert.That(Plan("integration_tests").Command, Does.Contain("Shop.IntegrationTests.csproj").And.Not.Contain("Shop.Tests"));
    }

    [Test]
    public void Dotnet_measures_coverage_where_it_can_and_says_what_to_add_where_not()
    {
        folder.Write("A.Tests/A.Tests.csproj", TestProject);
        var without = Plan(new GateSettings("unit_tests") { Threshold = "coverage > 85%" });
        folder.Write(
            "A.Tests/A.Tests.csproj",
            TestProject.Replace("<ItemGroup>", "<ItemGroup><PackageReference Include=\"coverlet.collector\" />", StringComparison.Ordinal)
        );
        var with = Plan(new GateSettings("unit_tests") { Threshold = "coverage > 85%" });

        Assert.That(without.Advice, Does.Contain("coverlet.collector"));
        Assert.That((with.Advice, with.Command), Is.EqualTo(((string?)null, without.Command + " --collect \"XPlat Code Coverage\"")));
    }

    [TestCase("<PackageReference Include=\"TUnit\" Version=\"1.81.10\" />", " --report-trx", null)]
    [TestCase("<PackageReference Include=\"xunit.v3\" Version=\"4.0.2\" />", " --report-xunit-trx", null)]
    [TestCase(
        "<PackageReference Include=\"MSTest\" Version=\"4.5.2\" /><EnableMSTestRunner>true</EnableMSTestRunner>",
        " --report-trx",
        null
    )]
    [TestCase(
        "<PackageReference Include=\"NUnit\" Version=\"5.0.0\" /><EnableNUnitRunner>true</EnableNUnitRunner>",
        "",
        "dotnet add A.Tests/A.Tests.csproj package Microsoft.Testing.Extensions.TrxReport"
    )]
    public void A_project_on_the_testing_platform_gets_the_options_it_has(string settings, string report, string? advice)
    {
        folder.Write("A.Tests/A.Tests.csproj", $"<Project>{settings}</Project>");
        var without = Plan("unit_tests");
        folder.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        var with = Plan("unit_tests");

        Assert.That(without.Command, Is.Null);
        Assert.That(without.Advice, Does.Contain("written into global.json: { \"test\": { \"runner\": \"Microsoft.Testing.Platform\" } }"));
        Assert.That(
            with.Command,
            Does.StartWith("dotnet test --project A.Tests/A.Tests.csproj --no-restore --results-directory ").And.EndsWith($"\"{report}")
        );
        Assert.That(with.Advice, advice is null ? Is.Null : Does.Contain(advice));
        Assert.That(with.ExpectsReport, Is.True);
    }

    [Test]
    public void A_project_of_xunit_3_with_an_adapter_is_no_matter_of_the_platform()
    {
        folder.Write("A.Tests/A.Tests.csproj", "<Project><PackageReference Include=\"xunit.v3\" Version=\"3.2.2\" /></Project>");

        Assert.That(Plan("unit_tests").Command, Does.Contain(" --logger trx "));
    }

    [TestCase("go.mod", "module x", "no file whose name ends in _test.go")]
    [TestCase(
        "package.json",
        """{ "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" } }""",
        "the one that npm init writes"
    )]
    [TestCase("pyproject.toml", "", "No file is named test_*.py")]
    public void A_project_without_tests_says_what_its_tests_would_be(string file, string text, string advice)
    {
        folder.Write(file, text);

        Assert.That(Plan("unit_tests").Advice, Does.Contain(advice));
    }

    [TestCase("pnpm-lock.yaml", "pnpm run test")]
    [TestCase("yarn.lock", "yarn test")]
    [TestCase("package-lock.json", "npm test")]
    public void The_lock_file_tells_the_package_program(string lockFile, string command)
    {
        folder.Write("package.json", """{ "scripts": { "test": "ava" } }""");
        folder.Write(lockFile, "");

        Assert.That(Plan("unit_tests").Command, Is.EqualTo(command));
    }

    [TestCase("__metadata:\n  version: 8\n", "yarn npm audit --all", "yarn install --immutable")]
    [TestCase("# yarn lockfile v1\n", "yarn audit --json", "yarn install --frozen-lockfile")]
    public void The_lock_file_of_yarn_tells_its_generation(string lockFile, string audit, string install)
    {
        folder.Write("package.json", """{ "scripts": { "test": "ava" }, "devDependencies": { "ava": "1" } }""");
        folder.Write("yarn.lock", lockFile);

        Assert.That(Plan("security_scan").Command, Does.StartWith(audit));
        Assert.That(Plan("unit_tests").Prepare, Is.EqualTo(install));
    }

    [TestCase("jest", "npm test -- --ci --json --outputFile=")]
    [TestCase("tsc && vitest", "npm test -- --run --reporter=default --reporter=junit")]
    [TestCase("nyc mocha", "npm test -- --reporter xunit")]
    [TestCase("jest | tee log", "npm test")]
    [TestCase("./jest.sh", "npm test")]
    public void The_runner_of_an_npm_script_is_made_to_leave_a_report(string script, string command)
    {
        folder.Write("package.json", $$"""{ "scripts": { "test": "{{script}}" } }""");

        Assert.That(Plan("unit_tests").Command, command == "npm test" ? Is.EqualTo(command) : Does.StartWith(command));
    }

    [Test]
    public void The_script_that_npm_init_writes_is_no_test()
    {
        folder.Write("package.json", """{ "scripts": { "test": "echo \"Error: no test specified\" && exit 1" } }""");

        Assert.That(Plan("unit_tests").Command, Is.Null);
    }

    [Test]
    public void Npm_builds_lints_and_checks_types_with_the_scripts_that_are_there()
    {
        folder.Write("package.json", """{ "scripts": { "build": "x", "lint": "y", "deploy": "z" } }""");

        Assert.That(Plan("build_validation").Command, Is.EqualTo("npm run lint && npm run build"));
    }

    [Test]
    public void Packages_are_installed_once_before_where_they_are_not_there()
    {
        folder.Write("package.json", """{ "scripts": { "test": "jest", "build": "x" }, "devDependencies": { "jest": "1" } }""");
        folder.Write("package-lock.json", "{}");

        Assert.That(Plan("unit_tests").Prepare, Is.EqualTo("npm ci --no-audit --no-fund").And.EqualTo(Plan("build_validation").Prepare));
        Directory.CreateDirectory(folder["node_modules"]);
        Assert.That(Plan("unit_tests").Prepare, Is.Null);
    }

    [Test]
    public void What_is_found_but_not_run_is_named()
    {
        folder.Write("Shop.Tests.csproj", TestProject);
        folder.Write("package.json", """{ "scripts": { "test": "jest" } }""");

        Assert.That(Plan("unit_tests").Why, Does.Contain("Shop.Tests.csproj").And.Contain("not run: npm"));
    }

    [TestCase("nothing here")]
    [TestCase("{ \"scripts\": 5 }")]
    [TestCase("[[[[")]
    public void Where_nothing_is_found_the_plan_says_what_to_write(string packageJson)
    {
        folder.Write("package.json", packageJson);

        var gate = Plan("unit_tests");

        Assert.That(gate.Command, Is.Null);
        Assert.That(gate.Advice, Does.Contain("name: unit_tests, command:"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_hostile_file_name_is_one_word_to_the_shell()
    {
        folder.Write("$(touch x)'`y`.csproj", TestProject);

        Assert.That(Plan("unit_tests").Command, Does.StartWith(@"dotnet test '$(touch x)'\''`y`.csproj' --no-restore"));
    }

    [Test]
    public void A_plan_changes_nothing()
    {
        folder.Write("package.json", """{ "scripts": { "test": "jest" } }""");
        folder.Write("A.csproj", TestProject);

        Plan("unit_tests");

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_fingerprint_stands_for_commit_and_command_and_never_for_uncommitted_changes()
    {
        var gate = Plan(new GateSettings("lint") { Command = "make lint" });

        Assert.That(
            gate.Fingerprint("abc", clean: true),
            Is.EqualTo(Plan(new GateSettings("lint") { Command = "make lint" }).Fingerprint("abc", clean: true))
        );
        Assert.That(gate.Fingerprint("abc", clean: true), Is.Not.EqualTo(gate.Fingerprint("abd", clean: true)));
        Assert.That(
            gate.Fingerprint("abc", clean: true),
            Is.Not.EqualTo((gate with { Command = "make all" }).Fingerprint("abc", clean: true))
        );
        Assert.That(gate.Fingerprint("abc", clean: false), Is.Null);
    }

    [TestCase("../../etc/x")]
    [TestCase("a/b")]
    [TestCase(".")]
    [TestCase("")]
    public void The_log_stays_in_its_folder_whatever_the_gate_is_called(string name) =>
        Assert.That(new PlannedGate(name).FileName, Does.Match(@"\A[\w-]+\z"));

    PlannedGate Plan(string name) => Plan(new GateSettings(name));

    PlannedGate Plan(GateSettings gate) => GatePlan.For([gate], folder.Path).Gates.Single();
}
