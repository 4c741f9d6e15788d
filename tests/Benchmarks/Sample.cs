using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>What one run took.</summary>
/// <param name="Seconds">By the clock on the wall; on a busy machine it tells of the others.</param>
/// <param name="Processor">Of all processors, in the program and everything it started, in seconds; 0 where the system does not tell.</param>
/// <param name="Mebibytes">Its peak of memory, where it prints it.</param>
readonly partial record struct Sample(double Seconds, double Processor, double Mebibytes)
{
    const int Children = -1;
    const int Rounds = 7;

    /// <summary>The median of several runs, after one that warms the caches.</summary>
    public static async Task<Sample> MedianAsync(Func<Task<Sample>> run)
    {
        await run();
        var samples = new List<Sample>();
        for (var round = 0; round < Rounds; round++)
        {
            samples.Add(await run());
        }

        return new Sample(
            samples.Select(sample => sample.Seconds).Order().ElementAt(Rounds / 2),
            samples.Select(sample => sample.Processor).Order().ElementAt(Rounds / 2),
            samples.Select(sample => sample.Mebibytes).Order().ElementAt(Rounds / 2)
        );
    }

    /// <summary>One run of a program that is read to its end and thrown away, as a reader that does nothing with it would.</summary>
    /// <returns>Null: it failed or took longer than it may.</returns>
    public static async Task<Sample?> TakeAsync(ProgramCall call)
    {
        var before = ProcessorTime();
        var clock = Stopwatch.StartNew();
        using var process = ProgramRunner.Start(call);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(call.Timeout ?? TimeSpan.FromMinutes(10));
        double number;
        try
        {
            number = await FirstAsync(process.StandardOutput.BaseStream, limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }

        await errors;
        return process.ExitCode == 0 ? new Sample(clock.Elapsed.TotalSeconds, ProcessorTime() - before, number) : null;
    }

    // The number that the output begins with, 0 where with none; the rest is read and thrown away.
    static async Task<double> FirstAsync(Stream output, CancellationToken cancel)
    {
        var buffer = new byte[1 << 17];
        var length = await output.ReadAsync(buffer, cancel);
        var printed = Utf8Parser.TryParse(buffer.AsSpan(0, length), out double number, out _) ? number : 0;
        await output.CopyToAsync(Stream.Null, buffer.Length, cancel);
        return printed;
    }

    /// <summary>A run that has to succeed.</summary>
    public static async Task<Sample> DemandAsync(ProgramCall call) =>
        await TakeAsync(call) ?? throw new InvalidOperationException($"{call} failed.");

    // User and system time of the children that ended, and of theirs: getrusage begins with these two times.
    static double ProcessorTime()
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        Span<long> usage = stackalloc long[32];
        return GetUsage(Children, ref usage[0]) == 0 ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6) : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
