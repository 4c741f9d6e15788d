using System.Globalization;
using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>Repositories of any length, made by <c>git fast-import</c>: one line of commits, a tag every so many, the last twenty unreleased.</summary>
static class SyntheticRepository
{
    const int Unreleased = 20;

    static readonly string[] Types = ["feat", "fix", "docs", "chore", "fix(core)", "refactor", "test", "perf"];

    /// <summary>Makes the repository and returns its folder.</summary>
    public static async Task<string> MakeAsync(string folder, int commits, int tags)
    {
        Directory.CreateDirectory(folder);
        await ProgramRunner.RunAsync(new ProgramCall("git", "init", "-q", "-b", "main") { WorkingDirectory = folder });
        using var import = ProgramRunner.Start(new ProgramCall("git", "fast-import", "--quiet") { WorkingDirectory = folder });
        var tagged = 0;
        var writer = import.StandardInput;
        for (var number = 1; number <= commits; number++)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"{Types[number % Types.Length]}: change number {number}\n\nWhy it was made, in a sentence or two.\n\nRefs: #{number}\n"
            );
            var date = 1_500_000_000 + (number * 60);
            await writer.WriteAsync(
                $"commit refs/heads/main\nmark :{number}\ncommitter Ada <ada@example.com> {date} +0000\ndata {message.Length}\n{message}\n"
            );
            if (tagged < tags && number == (long)(commits - Unreleased) * (tagged + 1) / tags)
            {
                tagged++;
                var name = string.Create(CultureInfo.InvariantCulture, $"v1.{tagged}.0");
                await writer.WriteAsync(
                    $"tag {name}\nfrom :{number}\ntagger Ada <ada@example.com> {date} +0000\ndata {name.Length}\n{name}\n"
                );
            }
        }

        writer.Close();
        await import.WaitForExitAsync();
        await ProgramRunner.RunAsync(new ProgramCall("git", "pack-refs", "--all") { WorkingDirectory = folder });
        return folder;
    }
}
