using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
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

    public static async Task<int> AppendAsync(string folder)
    {
        const int times = 20;
        var git = await GitRepository.OpenAsync(folder);
        using var store = new GitLedgerStore(git, new LedgerSettings());
        using var ledger = new ReleaseLedger(store, TimeProvider.System, "Ada <ada@example.com>", Secrets.None);
        for (var time = 0; time < times; time++)
        {
            await ledger.AppendAsync(new NewEvent("2.0.0", EventKinds.Step, new JsonObject { ["step"] = "Gates", ["time"] = time }));
        }

        return Tell();
    }

    static int Tell()
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 >> 20).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
