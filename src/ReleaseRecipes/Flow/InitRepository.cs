using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Writes what a repository lacks to use the recipe. What is there stays as it is.</summary>
public sealed class InitRepository(ReleaseSession release)
{
    /// <summary>Writes the files and says which.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var server = release.Options.Server ?? await ServerAsync(cancel);
        release.Terminal.Heading($"Init: {release.Options.Type}, {server}");
        var (written, there) = (new JsonArray(), new JsonArray());
        foreach (var (path, content) in InitFiles.For(release.Options.Type, server).Where(file => IsWanted(file.Path)))
        {
            cancel.ThrowIfCancellationRequested();
            (Write(path, content) ? written : there).Add(path);
        }

        release.Json.Say(
            new JsonObject
            {
                ["type"] = release.Options.Type,
                ["ci"] = server,
                ["written"] = written,
                ["there"] = there,
            }
        );
        release.Terminal.Next(
            "To see what a release would do, and what release-strategy.yml still lacks",
            release.Options.CommandFor("Plan")
        );
    }

    // Nothing is overwritten: neither a file nor a link, wherever it leads.
    bool Write(string path, string content)
    {
        var full = Path.Combine(release.Git.Root, path);
        if (Path.Exists(full) || new FileInfo(full).LinkTarget is not null)
        {
            release.Terminal.Line($"  there    {path}", Tone.Quiet);
            return false;
        }

        AtomicFile.Write(full, content.Replace("bash build.sh", Start, StringComparison.Ordinal));
        if (path.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, File.GetUnixFileMode(full) | (UnixFileMode)0b001_001_001);
        }

        release.Terminal.Line($"  written  {path}", Tone.Good);
        return true;
    }

    // A build that is one file or a Cake script needs no project and no script of ours, and a folder takes one project only.
    bool IsWanted(string path) =>
        IsOfTheBuild(path) ? IsScript && (!path.StartsWith("build/", StringComparison.Ordinal) || !HasBuildProject) : true;

    static bool IsOfTheBuild(string path) => path.StartsWith("build", StringComparison.Ordinal);

    bool IsScript => release.Options.Command.StartsWith("./build.", StringComparison.Ordinal);

    bool HasBuildProject { get; } =
        Directory.Exists(Path.Combine(release.Git.Root, "build"))
        && Directory.EnumerateFiles(Path.Combine(release.Git.Root, "build"), "*.*proj").Any();

    string Start =>
        IsScript ? "bash build.sh"
        : release.Options.Command.StartsWith("dotnet cake", StringComparison.Ordinal) ? "dotnet tool restore && dotnet cake"
        : release.Options.Command;

    async Task<string> ServerAsync(CancellationToken cancel) =>
        (await WebRemote.FindAsync(release.Git, cancel))?.Kind switch
        {
            WebRemoteKind.GitLab => "gitlab",
            WebRemoteKind.AzureDevOps => "azure",
            _ => "github",
        };
}
