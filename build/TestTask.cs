using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;

/// <summary>The formatter's check and every test of the solution. Ends with one line: N passed, N failed.</summary>
[TaskName("Test")]
[TaskDescription("Runs the whole test suite of this repository")]
public sealed class TestTask : FrostingTask
{
    const string Results = "artifacts/test-results";
    const int SideBySide = 2;

    public override void Run(ICakeContext context)
    {
        TestPackages.Install(context);
        using var cluster = TestCluster.Build(context);
        if (Directory.Exists(Results))
        {
            Directory.Delete(Results, recursive: true);
        }

        Directory.CreateDirectory(Results);
        Dotnet(context, "tool", "restore");
        var formatted = Dotnet(context, "csharpier", "check", ".");
        var built = Dotnet(
            context,
            "build",
            "ReleaseRecipes.sln",
            "--configuration=Release",
            "--disable-build-servers",
            "-v=quiet",
            "--nologo"
        );
        var passed = built && new TestRun(context, Results, SideBySide).Run();
        var results = new TestResults(Results);
        var flaky = LookAgain(context, results);
        passed |= built && flaky.Count > 0 && flaky.Count == results.Methods("Failed").Count;
        var sum = results.Sum(flaky.Count);
        File.WriteAllText($"{Results}/summary.txt", $"{sum}\n");
        Console.WriteLine(sum);
        string[] failures =
        [
            .. formatted ? Array.Empty<string>() : ["files are not formatted: run dotnet csharpier format ."],
            .. built ? Array.Empty<string>() : ["the solution does not build"],
            .. passed || !built ? Array.Empty<string>() : ["tests failed"],
            .. results.Problems(TestRun.Projects.Select(System.IO.Path.GetFileNameWithoutExtension).OfType<string>()),
        ];
        if (failures.Length > 0)
        {
            throw new CakeException($"The test suite failed: {string.Join("; ", failures)}.");
        }
    }

    static IReadOnlyList<string> LookAgain(ICakeContext context, TestResults results)
    {
        var look = new SecondLook(results, $"{Results}/again");
        if (!look.IsWorthIt)
        {
            return [];
        }

        new TestRun(context, $"{Results}/again", sideBySide: 1).Run(look.Filter);
        var flaky = look.Flaky();
        foreach (var test in flaky)
        {
            Console.WriteLine($"FLAKY: {test} failed, and passed when it was run again by itself.");
        }

        return flaky;
    }

    /// <summary>Runs dotnet to its end. False: it failed.</summary>
    public static bool Dotnet(ICakeContext context, params string[] arguments) =>
        context.StartProcess(
            "dotnet",
            new ProcessSettings
            {
                Arguments = ProcessArgumentBuilder.FromStrings(arguments),
                EnvironmentVariables = new Dictionary<string, string?>
                {
                    ["MSBUILDDISABLENODEREUSE"] = "1",
                    [TestCluster.Variable] = TestCluster.IsPossible ? "1" : null,
                },
            }
        ) == 0;
}
