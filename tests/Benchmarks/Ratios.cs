using System.Globalization;
using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>Runs what is measured beside what it is held against, several times in turn, and prints the ratios of the medians.</summary>
static class Ratios
{
    /// <summary>What git alone takes to print what a changelog is made of: the floor for every tool.</summary>
    public static ProgramCall GitLog(string folder) =>
        new("git", "log", "-z", "--format=tformat:%H%x00%P%x00%aN%x00%aE%x00%ct%x00%B") { WorkingDirectory = folder };

    /// <summary>This program as a process of its own.</summary>
    public static ProgramCall Self(string what, string folder) => new(Environment.ProcessPath!, what, folder);

    public static async Task<int> OfSyntheticAsync()
    {
        var folder = Directory.CreateTempSubdirectory("release-benchmarks-").FullName;
        try
        {
            var small = await SyntheticRepository.MakeAsync(Path.Combine(folder, "small"), commits: 1_000, tags: 10);
            var large = await SyntheticRepository.MakeAsync(Path.Combine(folder, "large"), commits: 1_000_000, tags: 5_000);
            var few = await Sample.MedianAsync(() => Sample.DemandAsync(Self("version", small)));
            var many = await Sample.MedianAsync(() => Sample.DemandAsync(Self("version", large)));
            Print("Version and notes, 1,000,000 commits and 5,000 tags against 1,000 and 10", many.Seconds / few.Seconds, 1.5);
            Print("  processor time", many.Processor / few.Processor, 1.5);
            Print("  memory", many.Mebibytes / few.Mebibytes, 1.5);
            var whole = await Sample.DemandAsync(Self("changelog", large));
            Print("Whole changelog of 1,000,000 commits, MiB of 300", whole.Mebibytes / 300, 1);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<int> OfRepositoryAsync(string folder)
    {
        var empty = await SyntheticRepository.MakeAsync(
            Directory.CreateTempSubdirectory("release-benchmarks-").FullName,
            commits: 1,
            tags: 0
        );
        var startUp = await Sample.MedianAsync(() => Sample.DemandAsync(Self("changelog", empty)));
        var ours = await Sample.MedianAsync(() => Sample.DemandAsync(Self("changelog", folder)));
        var git = await Sample.MedianAsync(() => Sample.DemandAsync(GitLog(folder)));
        Tell("git log", git);
        Tell("ours", ours);
        Tell("of it start-up", startUp);
        Print("Whole changelog beyond start-up against git log of the same fields", (ours.Seconds - startUp.Seconds) / git.Seconds, 1.15);
        Tell($"  processor time, git's own in it: {(ours.Processor - startUp.Processor) / git.Processor:0.00}");
        Directory.Delete(empty, recursive: true);
        return 0;
    }

    /// <summary>Prints one measurement.</summary>
    public static void Tell(string what, Sample sample) =>
        Tell(
            $"{what}: {sample.Seconds:0.00} s, processor {sample.Processor:0.00} s{(sample.Mebibytes > 0 ? $", {sample.Mebibytes} MiB" : "")}"
        );

    /// <summary>Prints one line, with numbers as everybody writes them.</summary>
    public static void Tell(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Prints a ratio beside what it may be at most.</summary>
    public static void Print(string what, double ratio, double bound) =>
        Tell($"{what}: {ratio:0.00} (bound {bound:0.00}) {(ratio <= bound ? "ok" : "TOO MUCH")}");
}
