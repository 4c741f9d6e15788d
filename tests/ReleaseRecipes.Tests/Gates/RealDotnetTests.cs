using System.Text.RegularExpressions;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Gates;

/// <summary>A real test project of .NET, with the packages that this repository's own tests are made of.</summary>
[Category("Slow")]
public sealed partial class RealDotnetTests : IDisposable
{
    readonly GateStage stage = new();

    public void Dispose() => stage.Dispose();

    [TestCase("3", GateVerdict.Passed, "success_rate 100% = 100% AND coverage 71.43% > 50%: yes")]
    [TestCase("4", GateVerdict.Failed, "1 test failed of 3: Adds (exit code 1).")]
    public async Task Dotnet_test_leaves_its_results_and_the_coverage(string sum, GateVerdict verdict, string reason)
    {
        await ProjectAsync($"[Test] public void Adds() => Assert.That(Cart.Add(1, 2), Is.EqualTo({sum}));");

        var gate = await RunAsync("success_rate = 100% AND coverage > 50%");

        Assert.That((gate.Verdict, gate.Reason), Is.EqualTo((verdict, reason)));
        Assert.That(gate.Reports.Select(report => report.Format), Is.EquivalentTo(["TRX", "Cobertura"]));
        Assert.That((gate.Metrics["tests"].Value, gate.Metrics["skipped_tests"].Value), Is.EqualTo((3d, 1d)));
    }

    [Test]
    public async Task A_test_that_ends_the_process_is_no_pass()
    {
        await ProjectAsync("[Test] public void Adds() => System.Environment.FailFast(\"no more\");");

        var gate = await RunAsync("success_rate = 100%");

        Assert.That(gate.Verdict, Is.EqualTo(GateVerdict.Failed), gate.Reason);
    }

    /// <summary>A library of seven lines that can be covered, two of which are not, and its tests.</summary>
    async Task ProjectAsync(string test)
    {
        stage.Folder.Write(
            "src/Shop.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"
        );
        stage.Folder.Write(
            "src/Cart.cs",
            """
            public static class Cart
            {
                public static int Add(int a, int b) => a + b;
                public static int Sign(int a)
                {
                    if (a < 0)
                    {
                        return -1;
                    }
                    return 1;
                }
            }
            """
        );
        stage.Folder.Write(
            "tests/Shop.Tests.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                {string.Join(
                "\n    ",
                new[] { "Microsoft.NET.Test.Sdk", "NUnit", "NUnit3TestAdapter", "coverlet.collector" }.Select(Reference)
            )}
                <ProjectReference Include="../src/Shop.csproj" />
              </ItemGroup>
            </Project>
            """
        );
        stage.Folder.Write(
            "tests/CartTests.cs",
            $$"""
            using NUnit.Framework;
            public class CartTests
            {
                {{test}}
                [TestCase(1), TestCase(2)] public void Signs(int a) => Assert.That(Cart.Sign(a), Is.EqualTo(1));
                [Test, Ignore("later")] public void Later() { }
            }
            """
        );
        var restored = await ProgramRunner.RunAsync(
            new ProgramCall("dotnet", "restore", "tests", "-v:quiet")
            {
                WorkingDirectory = stage.Folder.Path,
                Timeout = TimeSpan.FromMinutes(3),
            }
        );
        if (!restored.Succeeded)
        {
            Assert.Ignore($"needs the packages of a test project, which cannot be restored: {restored.Output}{restored.Error}");
        }
    }

    /// <summary>In the version that this repository uses, so that it is on the machine already.</summary>
    static string Reference(string package)
    {
        var version = Version()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")))
            .First(match => match.Groups[1].Value == package);
        return $"<PackageReference Include=\"{package}\" Version=\"{version.Groups[2].Value}\" />";
    }

    async Task<GateResult> RunAsync(string threshold)
    {
        var gate = await stage.RunAsync(new GateSettings("unit_tests") { Threshold = threshold, Timeout = TimeSpan.FromMinutes(5) });
        TestContext.Out.WriteLine(stage.Output);
        return gate;
    }

    [GeneratedRegex("PackageVersion Include=\"([^\"]+)\" Version=\"([^\"]+)\"")]
    private static partial Regex Version();
}
