using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>Runs what is measured beside what it is held against, several times in turn, and prints the ratios of the medians.</summary>
static class Ratios
{
    const int Rounds = 7;
    const string SameFields = "--format=tformat:%H%x00%P%x00%aN%x00%aE%x00%ct%x00%B";

    public static async Task<int> OfSyntheticAsync()
    {
        var folder = Directory.CreateTempSubdirectory("release-benchmarks-").FullName;
        try
        {
            var small = await SyntheticRepository.MakeAsync(Path.Combine(folder, "small"), commits: 1_000, tags: 10);
            var large = await SyntheticRepository.MakeAsync(Path.Combine(folder, "large"), commits: 1_000_000, tags: 5_000);
            var few = await MedianAsync(() => SelfAsync("version", small));
            var many = await MedianAsync(() => SelfAsync("version", large));
            Print("Version and notes, 1,000,000 commits and 5,000 tags against 1,000 and 10", many.Seconds / few.Seconds, 1.5);
            Print("  its memory", many.Mebibytes / few.Mebibytes, 1.5);
            var whole = await SelfAsync("changelog", large);
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
        var startUp = await MedianAsync(() => SelfAsync("changelog", empty));
        var ours = await MedianAsync(() => SelfAsync("changelog", folder));
        var git = await MedianAsync(() => GitLogAsync(folder));
        Console.WriteLine(
            Seconds(
                $"git log {git.Seconds:0.00} s, ours {ours.Seconds:0.00} s, of it start-up {startUp.Seconds:0.00} s, {ours.Mebibytes} MiB"
            )
        );
        Print("Whole changelog beyond start-up against git log of the same fields", (ours.Seconds - startUp.Seconds) / git.Seconds, 1.15);
        Directory.Delete(empty, recursive: true);
        return 0;
    }

    static string Seconds(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static void Print(string what, double ratio, double bound) =>
        Console.WriteLine(Seconds($"{what}: {ratio:0.00} (bound {bound:0.00}) {(ratio <= bound ? "ok" : "TOO MUCH")}"));

    static async Task<Sample> MedianAsync(Func<Task<Sample>> run)
    {
        await run();
        var samples = new List<Sample>();
        for (var round = 0; round < Rounds; round++)
        {
            samples.Add(await run());
        }

        return samples.OrderBy(sample => sample.Seconds).ElementAt(Rounds / 2);
    }

    static Task<Sample> SelfAsync(string what, string folder) => RunAsync(Environment.ProcessPath!, what, folder);

    // Read to the end and thrown away, as a reader that does nothing with it would.
    static async Task<Sample> GitLogAsync(string folder)
    {
        var clock = Stopwatch.StartNew();
        using var process = ProgramRunner.Start(new ProgramCall("git", "log", "-z", SameFields) { WorkingDirectory = folder });
        process.StandardInput.Close();
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, 1 << 17);
        await process.WaitForExitAsync();
        return new Sample(clock.Elapsed.TotalSeconds, 0);
    }

    static async Task<Sample> RunAsync(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var result = await ProgramRunner.RunAsync(new ProgramCall(program, arguments));
        return result.Succeeded
            ? new Sample(clock.Elapsed.TotalSeconds, double.Parse(result.Output, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException(result.Error);
    }

    readonly record struct Sample(double Seconds, double Mebibytes);
}
