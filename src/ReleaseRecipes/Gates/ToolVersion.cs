using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Gates;

/// <summary>What the tool behind a gate says of its version, for the record.</summary>
static class ToolVersion
{
    const int Longest = 200;

    /// <summary>The first lines that the version command prints; null where it does not answer. Never a reason to fail.</summary>
    public static async Task<string?> ReadAsync(string? command, string root, CancellationToken cancel)
    {
        if (command is null)
        {
            return null;
        }

        try
        {
            var answer = await ProgramRunner.RunAsync(
                Shell.Call(command) with
                {
                    WorkingDirectory = root,
                    Timeout = TimeSpan.FromSeconds(30),
                },
                cancel
            );
            var text = string.Join(
                ", ",
                answer
                    .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    // Some frame it with lines of dashes.
                    .Where(line => line.Any(char.IsAsciiLetterOrDigit))
                    .Take(2)
            );
            return !answer.Succeeded || text.Length == 0 ? null
                : text.Length > Longest ? text[..Longest]
                : text;
        }
        catch (ReleaseException)
        {
            return null;
        }
    }
}
