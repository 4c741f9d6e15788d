using System.Security.Cryptography;
using System.Text;
using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Packaging;

/// <summary>Builds the application with the release's version in its environment and keeps what came of it.</summary>
public sealed class Packager(GitRepository git, ApplicationSettings application, Terminal terminal, Secrets secrets)
{
    readonly ArtifactStore store = new(git.GitDirectory);

    /// <summary>The build's output, where it is kept after a failure too.</summary>
    public string Log { get; } = Path.Combine(git.GitDirectory, "release-recipes", "logs", "package.log");

    /// <summary>
    /// Runs the builds, those of components first in their order, and keeps the artefacts. Where there is neither a build nor an artefact,
    /// the package is the commit itself.
    /// </summary>
    /// <exception cref="ReleaseException">A build failed, or they left none of the artefacts behind.</exception>
    public async Task<ReleasePackage> MakeAsync(VersionDecision version, IReadOnlyList<ReleasePart> parts, CancellationToken cancel)
    {
        List<ComponentSettings> components = [.. parts.Select(part => part.Settings).OfType<ComponentSettings>()];
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        File.Delete(Log);
        foreach (var part in parts.Where(part => part.Settings?.Build is not null))
        {
            terminal.Line($"  {part.Component} {part.Version}");
            await BuildAsync(part.Settings!.Build!, $"components.{part.Component}.build", BuildVariables.Of(part, version.Commit), cancel);
        }

        if (application.Build is { } build)
        {
            await BuildAsync(build, "application.build", BuildVariables.Of(version, parts), cancel);
        }

        string[] artifacts = [.. components.SelectMany(component => component.Artifacts).Concat(application.Artifacts).Distinct()];
        if (artifacts.Length == 0)
        {
            return new ReleasePackage(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Commit))),
                git.Root,
                new Dictionary<string, string>()
            );
        }

        var files = FileGlobs.Find(git.Root, artifacts);
        return files.Count > 0
            ? await store.KeepAsync(git.Root, files, cancel)
            : throw new ReleaseException(
                "There are no artefacts to release.",
                $"artifacts: {string.Join(", ", artifacts)}",
                application.Build is null && components.TrueForAll(component => component.Build is null)
                    ? "Set application.build to the command that makes them."
                    : "The build succeeded; check where it writes to."
            );
    }

    /// <summary>The package that an earlier run made, if this machine has it whole.</summary>
    public Task<ReleasePackage?> FindAsync(string digest, IReadOnlyDictionary<string, string> hashes, CancellationToken cancel) =>
        hashes.Count == 0
            ? Task.FromResult<ReleasePackage?>(new ReleasePackage(digest, git.Root, hashes))
            : store.FindAsync(digest, hashes, cancel);

    async Task BuildAsync(string build, string key, IReadOnlyDictionary<string, string?> variables, CancellationToken cancel)
    {
        terminal.Line($"  {build}", Tone.Quiet);
        var result = await ProgramRunner.RunAsync(Shell.Call(build) with { WorkingDirectory = git.Root, Environment = variables }, cancel);
        await File.AppendAllTextAsync(Log, secrets.Mask(result.Output + result.Error), cancel);
        if (!result.Succeeded)
        {
            terminal.Text((result.Output + result.Error).TrimEnd(), "    ", Tone.Quiet, last: 20);
            throw new ReleaseException(
                $"The build ended with exit code {result.ExitCode}.",
                $"{key}: {build}",
                $"All of its output: {Log}"
            );
        }
    }
}
