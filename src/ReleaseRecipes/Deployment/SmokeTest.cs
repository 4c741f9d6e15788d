using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>Runs a smoke test against a candidate: null where it passed, else what went wrong.</summary>
/// <param name="rollout">What is deployed where.</param>
/// <param name="command">The command of the strategy file.</param>
/// <param name="preview">Where the candidate alone is reached; null where it cannot be.</param>
/// <param name="cancel">Ends it early.</param>
public delegate Task<string?> SmokeTester(Rollout rollout, string command, Uri? preview, CancellationToken cancel);

/// <summary>Runs the smoke test through the shell, with the release in RELEASE_* variables and the candidate's address in RELEASE_URL.</summary>
public sealed class SmokeTest(Terminal terminal, string? folder = null)
{
    const int LinesShown = 20;

    /// <summary>How long a smoke test may take.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);

    public async Task<string?> RunAsync(Rollout rollout, string command, Uri? preview, CancellationToken cancel)
    {
        var variables = new Dictionary<string, string?>(ReleaseVariables.Of(rollout)) { ["RELEASE_URL"] = preview?.ToString() };
        var call = Shell.Call(command) with { WorkingDirectory = folder, Timeout = Limit, Environment = variables };
        var result = await ProgramRunner.RunAsync(call, cancel);
        if (result.Succeeded)
        {
            return null;
        }

        terminal.Text((result.Output + result.Error).TrimEnd(), "        ", Tone.Quiet, LinesShown);
        return result.TimedOut
            ? $"the smoke test took longer than {Durations.Format(Limit)}"
            : $"the smoke test failed with exit code {result.ExitCode}";
    }
}
