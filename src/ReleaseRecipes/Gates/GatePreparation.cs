using System.Security.Cryptography;
using System.Text;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Gates;

/// <summary>How a command ended that gates share and that runs once before them.</summary>
/// <param name="Problem">Why the gates cannot run; null where they can.</param>
/// <param name="LastLines">The end of what it printed.</param>
sealed record GatePreparation(string? Problem, IReadOnlyList<string> LastLines)
{
    const int LinesOfLog = 20;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task<GatePreparation> RunAsync(
        string command,
        IReadOnlyDictionary<string, string?> environment,
        string root,
        string logFolder,
        Secrets secrets,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..8];
        using var log = new OutputLog(Path.Combine(logFolder, $"prepare-{mark}.log"), secrets);
        log.Note($"$ {command}");
        var run = await ShellSession.RunAsync(
            new ShellCommand(command)
            {
                WorkingDirectory = root,
                Environment = environment,
                Timeout = Longest,
            },
            log,
            clock,
            cancel
        );
        return new GatePreparation(
            run.Succeeded
                ? null
                : $"The preparation '{command}' {(run.TimedOut ? "took too long" : $"ended with exit code {run.ExitCode}")}. Read {log.Path}.",
            log.LastLines(LinesOfLog)
        );
    }
}
