using System.Diagnostics;
using System.Globalization;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace Benchmarks;

/// <summary>The work that is measured, each in a process of its own: prints its peak memory in MiB.</summary>
static class Measured
{
    public static async Task<int> VersionAsync(string folder)
    {
        var git = await GitRepository.OpenAsync(folder);
        var decision = await NextVersion.DecideAsync(git, new ReleaseStrategy(), new VersionRequest(Branch: "main"));
        ReleaseNotes.Render(decision, await WebRemote.FindAsync(git), new DateOnly(2026, 1, 5));
        return Tell();
    }

    public static async Task<int> ChangelogAsync(string folder)
    {
        var git = await GitRepository.OpenAsync(folder);
        await ChangelogWriter.WriteAllAsync(git, new ReleaseStrategy(), Stream.Null);
        return Tell();
    }

    static int Tell()
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 >> 20).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
