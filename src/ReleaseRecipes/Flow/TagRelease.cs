using ReleaseRecipes.Changelog;
using ReleaseRecipes.Git;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Projections;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Versioning;
using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Flow;

/// <summary>Makes the release a fact: the release commit where files change, the annotated tag, and their push.</summary>
public sealed class TagRelease(ReleaseSession release)
{
    /// <summary>Sets the tagged commit.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        release.Terminal.Heading("Tag");
        await new Evidence(release).DemandGatesAsync(cancel);
        var version = release.Version;
        var commit = await CommitAsync(cancel);
        await release.Effects.OnceAsync(
            new ReleaseTag(release.Git, version.Version, version.Tag, commit).Effect(release.Plan.Hash, release.Ledger.HeadAsync),
            cancel
        );
        release.TaggedCommit = commit;
        release.Terminal.Fact("tag", $"{version.Tag} on {commit[..8]}");
        await PushAsync(commit, cancel);
        await new ReleaseFiles(release).WriteAsync(cancel);
    }

    async Task<string> CommitAsync(CancellationToken cancel)
    {
        var version = release.Version;
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(version.Version, cancel));
        if (progress.TaggedCommit is { } tagged)
        {
            return tagged;
        }

        var files = await StampAsync(cancel);
        if (files.Count == 0)
        {
            return version.Commit;
        }

        var outcome = await release.Effects.OnceAsync(
            new StampCommit(release.Git, version.Version, version.Tag, version.Commit).Effect(files),
            cancel
        );
        var commit = outcome["commit"]!.GetValue<string>();
        if (commit != version.Commit)
        {
            release.Terminal.Fact("commit", $"{commit[..8]} with {string.Join(", ", files)}");
        }

        return commit;
    }

    // Stamping again after a crash changes nothing. The files are named whether they differ from HEAD or not: HEAD may be the release commit
    // already, of a run that was killed before it could say so, and only the effect's probe can tell.
    async Task<IReadOnlyList<string>> StampAsync(CancellationToken cancel)
    {
        var root = release.Git.Root;
        await VersionFiles.StampAsync(root, release.Strategy.Versioning.Files, release.Version.Version, cancel);
        if (release.Strategy.Changelog.File is { } changelog && !release.Strategy.DisabledSteps.Contains("Changelog"))
        {
            var path = Path.Combine(root, changelog);
            var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancel) : "";
            AtomicFile.Write(path, ChangelogFile.Update(text, release.Notes));
        }

        return await new StampedFiles(release).CommittableAsync(cancel);
    }

    async Task PushAsync(string commit, CancellationToken cancel)
    {
        var remote = await Remotes.DefaultAsync(release.Git);
        if (!release.Options.Push || remote is null)
        {
            release.Terminal.Fact(
                "push",
                remote is null ? "no remote: the tag stays here" : "not pushed: add --push to publish the tag",
                Tone.Quiet
            );
            return;
        }

        var version = release.Version;
        var branch = commit == version.Commit ? null : version.Branch;
        release.Terminal.Progress($"pushing {version.Tag} to {remote}");
        await release.Effects.OnceAsync(
            new ReleasePush(release.Git, remote, version.Version, version.Tag, branch, commit).Effect(),
            cancel
        );
        release.Terminal.Fact("push", $"{version.Tag} is at {remote}");
    }
}
