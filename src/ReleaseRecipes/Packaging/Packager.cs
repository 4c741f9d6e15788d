using System.Security.Cryptography;
using System.Text;
using ReleaseRecipes.Git;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Packaging;

/// <summary>Builds the application with the release's version in its environment and keeps what came of it.</summary>
public sealed class Packager(GitRepository git, ApplicationSettings application, Terminal terminal, Secrets secrets)
{
    readonly ArtifactStore store = new(git.GitDirectory);

    /// <summary>The build's output, where it is kept after a failure too.</summary>
    public string Log { get; } = Path.Combine(git.GitDirectory, "release-recipes", "logs", "package.log");

    /// <summary>Runs the build and keeps its artefacts. Where there is neither a build nor an artefact, the package is the commit itself.</summary>
    /// <exception cref="ReleaseException">The build failed, or left none of the artefacts behind.</exception>
    public async Task<ReleasePackage> MakeAsync(string version, string tag, string commit, CancellationToken cancel)
    {
        if (application.Build is { } build)
        {
            await BuildAsync(build, version, tag, commit, cancel);
        }

        if (application.Artifacts.Count == 0)
        {
            return new ReleasePackage(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commit))),
                git.Root,
                new Dictionary<string, string>()
            );
        }

        var files = FileGlobs.Find(git.Root, application.Artifacts);
        return files.Count > 0
            ? await store.KeepAsync(git.Root, files, cancel)
            : throw new ReleaseException(
                "There are no artefacts to release.",
                $"application.artifacts: {string.Join(", ", application.Artifacts)}",
                application.Build is null
                    ? "Set application.build to the command that makes them."
                    : "The build succeeded; check where it writes to."
            );
    }

    /// <summary>The package that an earlier run made, if this machine has it whole.</summary>
    public Task<ReleasePackage?> FindAsync(string digest, IReadOnlyDictionary<string, string> hashes, CancellationToken cancel) =>
        hashes.Count == 0
            ? Task.FromResult<ReleasePackage?>(new ReleasePackage(digest, git.Root, hashes))
            : store.FindAsync(digest, hashes, cancel);

    async Task BuildAsync(string build, string version, string tag, string commit, CancellationToken cancel)
    {
        terminal.Line($"  {build}", Tone.Quiet);
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        var result = await ProgramRunner.RunAsync(
            Shell.Call(build) with
            {
                WorkingDirectory = git.Root,
                Environment = new Dictionary<string, string?>
                {
                    ["RELEASE_VERSION"] = version,
                    ["RELEASE_TAG"] = tag,
                    ["RELEASE_COMMIT"] = commit,
                },
            },
            cancel
        );
        await File.WriteAllTextAsync(Log, secrets.Mask(result.Output + result.Error), cancel);
        if (!result.Succeeded)
        {
            foreach (var line in (result.Output + result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(20))
            {
                terminal.Line($"    {line}", Tone.Quiet);
            }

            throw new ReleaseException(
                $"The build ended with exit code {result.ExitCode}.",
                $"application.build: {build}",
                $"All of its output: {Log}"
            );
        }
    }
}
