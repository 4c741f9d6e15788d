using ReleaseRecipes.Programs;

namespace Benchmarks;

/// <summary>Other tools for the same work, beside ours on the same repository. npm installs them into a folder of the benchmark's own.</summary>
static class Peers
{
    static readonly string[] Packages =
    [
        "node@24", // semantic-release asks for a newer one than many machines have
        "git-cliff@2",
        "conventional-changelog@8",
        "semantic-release@25",
        "conventional-changelog-conventionalcommits@10",
    ];

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> BesideAsync(string folder)
    {
        folder = Path.GetFullPath(folder);
        var tools = Path.Combine(AppContext.BaseDirectory, "peers");
        if (!await InstalledAsync(tools))
        {
            return 1;
        }

        var git = await Sample.MedianAsync(() => Sample.DemandAsync(Ratios.GitLog(folder)));
        Ratios.Tell("git log", git);
        await CompareAsync("ours, whole changelog", git, Ratios.Self("changelog", folder));
        await CompareAsync("git-cliff, whole changelog", git, Of(tools, folder, "git-cliff", "--offline"));
        await CompareAsync(
            "conventional-changelog, whole changelog",
            git,
            Of(tools, folder, "conventional-changelog", "-p", "conventionalcommits", "-r", "0", "--stdout")
        );
        await CompareAsync("ours, next version and notes", git, Ratios.Self("version", folder));
        await CompareAsync("git-cliff, next version", git, Of(tools, folder, "git-cliff", "--offline", "--bumped-version"));
        await CompareAsync(
            "semantic-release, next version",
            git,
            Of(tools, folder, "semantic-release", "--dry-run", "--no-ci", "--plugins", "@semantic-release/commit-analyzer")
        );
        return 0;
    }

    static async Task CompareAsync(string what, Sample git, ProgramCall call)
    {
        if (await Sample.TakeAsync(call) is { } taken)
        {
            Ratios.Tell(
                $"{what}: {taken.Processor:0.00} s of processors, {taken.Processor / git.Processor:0.0} × git log; {taken.Seconds:0.00} s"
            );
        }
        else
        {
            Ratios.Tell($"{what}: NOT MEASURED, it failed or took more than {Patience.TotalMinutes:0} minutes: {call}");
        }
    }

    static async Task<bool> InstalledAsync(string tools)
    {
        Directory.CreateDirectory(tools);
        try
        {
            var npm = await ProgramRunner.RunAsync(
                new ProgramCall("npm", ["install", "--no-audit", "--no-fund", "--prefix", tools, .. Packages]) { Timeout = Patience * 2 }
            );
            if (!npm.Succeeded)
            {
                Console.Error.WriteLine($"SKIPPED: npm could not install the other tools.\n{npm.Error}");
            }

            return npm.Succeeded;
        }
        catch (ReleaseRecipes.ReleaseException problem)
        {
            Console.Error.WriteLine($"SKIPPED: {problem.Message}");
            return false;
        }
    }

    static ProgramCall Of(string tools, string folder, string program, params string[] arguments)
    {
        var programs = Path.Combine(tools, "node_modules", ".bin");
        return new ProgramCall(Path.Combine(programs, program), arguments)
        {
            WorkingDirectory = folder,
            Timeout = Patience,
            Environment = new Dictionary<string, string?>
            {
                ["PATH"] = programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            },
        };
    }
}
