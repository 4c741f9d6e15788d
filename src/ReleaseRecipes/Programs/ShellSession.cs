using System.Diagnostics;

namespace ReleaseRecipes.Programs;

/// <summary>
/// Runs command lines of the strategy file, each in a session of its own, so that nothing it started outlives its timeout,
/// a Ctrl-C or its own end. Its input is empty; its output goes to a log as it comes.
/// </summary>
public static class ShellSession
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Both streams go into one pipe, so that the log has the lines in the order in which they were written.</summary>
    const string Together = Inside + "exec sh -c \"$1\" 2>&1 < /dev/null";

    /// <summary>What a report is made of must have nothing of standard error in it.</summary>
    const string Apart = Inside + "exec sh -c \"$1\" < /dev/null";

    /// <summary>Goes into the control group before anything else, where there is one.</summary>
    const string Inside = "[ -z \"$2\" ] || { echo $$ > \"$2\"; } 2> /dev/null; ";

    delegate void Taker(ReadOnlySpan<byte> output);

    static readonly IReadOnlyList<string> OwnSession = FindOwnSession();

    /// <summary>Runs the command to its end, its timeout or the cancellation.</summary>
    /// <exception cref="ReleaseException">There is no shell.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    public static async Task<ShellResult> RunAsync(
        ShellCommand command,
        OutputLog log,
        TimeProvider clock,
        CancellationToken cancel = default
    )
    {
        var marker = ProcessMarker.New(command.WorkingDirectory);
        var began = clock.GetTimestamp();
        using var group = ControlGroup.Of(marker);
        using var process = ProgramRunner.Start(Call(command, marker, group));
        process.StandardInput.Close();
        using var report = command.OutputFile is { } file ? new OutputReport(file, command.Shown, log) : null;
        var output = Task.WhenAll(
            CopyAsync(process.StandardOutput.BaseStream, report is null ? log.Write : report.Write),
            CopyAsync(process.StandardError.BaseStream, log.Write)
        );
        using var late = new CancellationTokenSource(command.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, marker, group);
            await DrainAsync(output);
            cancel.ThrowIfCancellationRequested();
            return new ShellResult(124, TimedOut: true, clock.GetElapsedTime(began));
        }

        var duration = clock.GetElapsedTime(began);
        ProcessSweep.EndLeftovers(marker, group);
        await DrainAsync(output);
        return new ShellResult(process.ExitCode, TimedOut: false, duration);
    }

    /// <summary>Ends what commands left running in this folder when their own release process was killed.</summary>
    public static void EndOrphans(string folder)
    {
        ControlGroup.EndOrphans(folder);
        ProcessSweep.EndOrphans(folder);
    }

    static ProgramCall Call(ShellCommand command, ProcessMarker marker, ControlGroup? group)
    {
        var words = OperatingSystem.IsWindows()
            ? ["cmd", "/d", "/c", command.Text]
            : (string[])[.. OwnSession, "sh", "-c", command.OutputFile is null ? Together : Apart, "sh", command.Text, group?.Entry ?? ""];
        return new ProgramCall(words[0], words[1..])
        {
            WorkingDirectory = command.WorkingDirectory,
            Environment = new Dictionary<string, string?>(command.Environment) { [ProcessMarker.Variable] = marker.Value },
        };
    }

    // macOS has no setsid program, but always perl.
    static IReadOnlyList<string> FindOwnSession() =>
        OnPath("setsid") ? ["setsid"]
        : OnPath("perl") ? ["perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV"]
        : [];

    static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    static async Task EndAsync(Process process, ProcessMarker marker, ControlGroup? group)
    {
        if (OwnSession.Count == 0 || OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        await ProcessSweep.EndAsync(process.Id, marker, group, Patience);
    }

    static async Task CopyAsync(Stream output, Taker taker)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            for (var count = await output.ReadAsync(buffer); count > 0; count = await output.ReadAsync(buffer))
            {
                taker(buffer.AsSpan(0, count));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process was ended under the reader.
        }
    }

    // A server of a compiler may hold the pipe for as long as it lives: what it says is not this command's output.
    static Task DrainAsync(Task output) => Task.WhenAny(output, Task.Delay(Patience));
}
