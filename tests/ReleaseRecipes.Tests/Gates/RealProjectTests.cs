using ReleaseRecipes.Gates;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>The tools themselves, in projects of a few lines: commands found from the files, reports as the tool writes them.</summary>
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class RealProjectTests : IDisposable
{
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [TestCase("1", GateVerdict.Passed)]
    [TestCase("2", GateVerdict.Failed)]
    public async Task Node(string one, GateVerdict verdict)
    {
        Needs.Program("npm");
        stage.Folder.Write("package.json", """{ "scripts": { "test": "node --test" } }""");
        stage.Folder.Write(
            "a.test.js",
            $"const t = require('node:test'), a = require('node:assert'); t('one', () => a.equal(1, {one})); t('two', () => {{}});"
        );

        var gate = await RunAsync("success_rate = 100%");

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(gate.Metrics["tests"].Value, Is.EqualTo(2));
    }

    [Test]
    public async Task Node_with_coverage()
    {
        Needs.Program("npm");
        stage.Folder.Write("package.json", """{ "scripts": { "test": "node --test" } }""");
        stage.Folder.Write("add.js", "exports.add = (a, b) => a + b;\n");
        stage.Folder.Write(
            "a.test.js",
            "const t = require('node:test'); const { add } = require('./add.js');\nt('one', () => add(1, 2));\n"
        );

        var gate = await RunAsync("coverage > 85%");

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Passed), gate.Reason);
    }

    [TestCase("== 3", GateVerdict.Passed)]
    [TestCase("== 4", GateVerdict.Failed)]
    public async Task Pytest(string three, GateVerdict verdict)
    {
        Needs.Program("pytest");
        stage.Folder.Write("shop.py", "def add(a, b):\n    return a + b\n");
        stage.Folder.Write("tests/test_shop.py", $"from shop import add\ndef test_add():\n    assert add(1, 2) {three}\n");

        var gate = await RunAsync("success_rate = 100%");

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(gate.Metrics["tests"].Value, Is.EqualTo(1));
    }

    [Test]
    public async Task Pytest_measures_what_the_project_says_is_to_be_covered()
    {
        Needs.Program("pytest");
        var plugin = await ProgramRunner.RunAsync(new ProgramCall("pytest", "-p", "pytest_cov", "--version"));
        if (!plugin.Succeeded)
        {
            Assert.Ignore("needs pytest-cov");
        }

        stage.Folder.Write("pyproject.toml", "[tool.coverage.run]\ninclude = ['shop.py']\n");
        stage.Folder.Write("shop.py", "def sign(a):\n    if a < 0:\n        return -1\n    return 1\n");
        stage.Folder.Write("test_shop.py", "from shop import sign\ndef test_sign():\n    assert sign(1) == 1\n");

        var gate = await RunAsync("coverage = 75%");

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Passed), gate.Reason);
    }

    [TestCase("3", GateVerdict.Passed)]
    [TestCase("4", GateVerdict.Failed)]
    public async Task Go(string three, GateVerdict verdict)
    {
        Needs.Program("go");
        stage.Folder.Write("go.mod", "module example.com/shop\n");
        stage.Folder.Write("shop.go", "package shop\n\nfunc Add(a, b int) int { return a + b }\n");
        stage.Folder.Write(
            "shop_test.go",
            $"package shop\n\nimport \"testing\"\n\nfunc TestAdd(t *testing.T) {{\n\tif Add(1, 2) != {three} {{\n\t\tt.Fatal(\"no\")\n\t}}\n}}\n"
        );

        var gate = await RunAsync("success_rate = 100% AND coverage > 85%");

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That((gate.Metrics["tests"].Value, gate.Metrics["coverage"].Value), Is.EqualTo((1d, 1d)));
    }

    [Test]
    public async Task Go_that_does_not_compile_is_no_pass()
    {
        Needs.Program("go");
        stage.Folder.Write("go.mod", "module example.com/shop\n");
        stage.Folder.Write("shop_test.go", "package shop\n\nfunc nonsense( {\n");

        var gate = await RunAsync("success_rate = 100%");

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Failed), gate.Reason);
    }

    [TestCase("3", GateVerdict.Passed)]
    [TestCase("4", GateVerdict.Failed)]
    public async Task Cargo(string three, GateVerdict verdict)
    {
        Needs.Program("cargo");
        stage.Folder.Write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[lib]\ndoctest = false\n");
        stage.Folder.Write(
            "src/lib.rs",
            $"pub fn add(a: i32, b: i32) -> i32 {{ a + b }}\n\n#[test]\nfn adds() {{ assert_eq!(add(1, 2), {three}); }}\n"
        );

        var gate = await RunAsync("success_rate = 100%");

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
        Assert.That(gate.Metrics["tests"].Value, Is.EqualTo(1));
    }

    [TestCase("true", GateVerdict.Passed)]
    [TestCase("false", GateVerdict.Failed)]
    public async Task Make(string command, GateVerdict verdict)
    {
        Needs.Program("make");
        stage.Folder.Write("Makefile", $"test:\n\t{command}\n");

        var gate = await RunAsync(threshold: null);

        Assert.That(gate.Verdict, Is.EqualTo(verdict), gate.Reason);
    }

    async Task<GateResult> RunAsync(string? threshold)
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Threshold = threshold, Timeout = TimeSpan.FromMinutes(5) });
        TestContext.Out.WriteLine(stage.Output);
        return gate;
    }
}
