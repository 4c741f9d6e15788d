using System.Collections.Concurrent;
using Cake.Core;

/// <summary>
/// Runs the test projects, each in a process of its own, so many side by side: most of them wait for programs, ports and clocks, and leave the
/// processors to the others.
/// </summary>
/// <param name="context">Where programs are started.</param>
/// <param name="results">The folder for the reports, one a project.</param>
/// <param name="sideBySide">How many at the same time.</param>
sealed class TestRun(ICakeContext context, string results, int sideBySide)
{
    const string NeedsCluster = "Cluster";

    /// <summary>The projects, those that take longest first, but last the one that a cluster may still be built for.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Directory
            .EnumerateFiles("tests", "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsTestProject>true", StringComparison.Ordinal))
            .OrderBy(project => project.Contains(NeedsCluster, StringComparison.Ordinal))
            .ThenByDescending(project =>
                new DirectoryInfo(System.IO.Path.GetDirectoryName(project)!).EnumerateFiles("*.cs", SearchOption.AllDirectories).Count()
            ),
    ];

    /// <summary>Runs them all to their ends. False: a test failed, or a project did not run.</summary>
    /// <param name="filter">Which tests; null for all.</param>
    public bool Run(string? filter = null)
    {
        var left = new ConcurrentQueue<string>(Projects);
        var lanes = Enumerable.Range(0, sideBySide).Select(_ => Task.Factory.StartNew(Lane, TaskCreationOptions.LongRunning)).ToArray();
        return Task.WhenAll(lanes).GetAwaiter().GetResult().All(passed => passed);

        bool Lane()
        {
            var passed = true;
            while (left.TryDequeue(out var project))
            {
                passed &= Test(project, filter);
            }

            return passed;
        }
    }

    bool Test(string project, string? filter)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(project);
        Console.WriteLine($"Testing {name}");
        return TestTask.Dotnet(
            context,
            [
                "test",
                project,
                "--no-build",
                "--configuration=Release",
                "--nologo",
                $"--logger=trx;LogFileName={name}.trx",
                $"--results-directory={results}",
                "--blame-hang-timeout=8m",
                "--blame-hang-dump-type=none",
                .. filter is null ? Array.Empty<string>() : [$"--filter={filter}"],
            ]
        );
    }
}
