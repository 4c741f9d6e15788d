using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ReleaseRecipes.Programs;

/// <summary>Runs programs to their end and keeps what they wrote. For short outputs: all of it is held in memory.</summary>
public static class ProgramRunner
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs the program and returns how it ended, whatever its exit code.</summary>
    /// <exception cref="ReleaseException">The program is not there or cannot be started.</exception>
    public static async Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancel = default)
    {
        using var process = Start(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (call.Timeout is { } timeout)
        {
            limit.CancelAfter(timeout);
        }

        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await FeedAsync(process, call.Input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            return new ProgramResult(124, await output, await error, TimedOut: true);
        }

        return new ProgramResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program with its streams redirected, for a caller that reads them as they come.</summary>
    /// <exception cref="ReleaseException">The program is not there or cannot be started.</exception>
    public static Process Start(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.FileName, call.Arguments)
        {
            WorkingDirectory = call.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new ReleaseException(
                $"The program '{call.FileName}' cannot be started: {problem.Message}.",
                call.WorkingDirectory is { } folder ? $"In {folder}." : null,
                $"Install '{call.FileName}' or put it on PATH.",
                inner: problem
            );
        }
    }

    static async Task FeedAsync(Process process, string? input, CancellationToken cancel)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code tells whether that matters.
        }
    }
}
