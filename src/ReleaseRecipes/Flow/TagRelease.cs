using ReleaseRecipes.Changelog;
using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Projections;
using ReleaseRecipes.Tagging;

namespace ReleaseRecipes.Flow;

/// <summary>Makes the release a fact: the release commit where files change, the annotated tags, and their push.</summary>
public sealed class TagRelease(ReleaseSession release)
{
    string? known;
    bool branchIsBehind;
    Making making = new(1, null);

    /// <summary>The remote that is pushed to; null where nothing is pushed.</summary>
    string? Remote => release.Options.Push ? known : null;

    string[] Tags => [.. release.Parted.Select(part => part.Tag)];

    /// <summary>Sets the tagged commit.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        release.Terminal.Heading("Tag");
        await new Evidence(release).DemandGatesAsync(cancel);
        await new BeginRelease(release).OwnAsync(cancel);
        known = await Remotes.DefaultAsync(release.Git);
        making = await Making.OfAsync(
            await release.Ledger.ReadAsync(release.Version.Version, cancel),
            release.Version,
            (made, tags, published) => new MadeElsewhere(release, Remote).BringAsync(made, tags, published, cancel)
        );
        var commit = making.Made ?? await CommitAsync(cancel);
        foreach (var part in release.Parted)
        {
            await TagAsync(part, commit, cancel);
        }

        release.TaggedCommit = commit;
        await PushAsync(commit, cancel);
        await new ReleaseFiles(release).WriteAsync(cancel);
    }

    // One effect a tag: killed between two of them, the next run finds the first and makes the second.
    async Task TagAsync(ReleasePart part, string commit, CancellationToken cancel)
    {
        var outcome = await release.Effects.OnceAsync(
            new ReleaseTag(release.Git, release.Version.Version, part.Tag, commit, part.Component).Effect(
                release.Plan.Hash,
                release.Ledger.HeadAsync,
                making.Key(Effect.TagKey(part.Component))
            ),
            cancel
        );
        if (outcome["commit"]!.GetValue<string>() is var tagged && tagged != commit)
        {
            throw new ReleaseException(
                $"{part.Tag} was put on another commit before, and is not there any more.",
                $"It was on {tagged[..8]}, this release is {commit[..8]}.",
                "Somebody may have the old tag. Release a higher version with --release-version=V."
            );
        }

        release.Terminal.Fact("tag", $"{part.Tag} on {commit[..8]}");
    }

    async Task<string> CommitAsync(CancellationToken cancel)
    {
        var version = release.Version;
        var events = await release.Ledger.ReadAsync(version.Version, cancel);
        await DemandNewestAsync(ReleaseProgress.Of(events), cancel);
        var files = await StampAsync([.. events.Where(fact => fact.Kind == EventKinds.Planned)], cancel);
        if (files.Count == 0)
        {
            return version.Commit;
        }

        var outcome = await release.Effects.OnceAsync(
            new StampCommit(release.Git, version.Version, Tags, version.Commit).Effect(files, making.Key(Making.CommitKey(version.Commit))),
            cancel
        );
        var commit = outcome["commit"]!.GetValue<string>();
        if (commit != version.Commit)
        {
            release.Terminal.Fact("commit", $"{commit[..8]} with {string.Join(", ", files)}");
        }

        return commit;
    }

    /// <summary>Before anything is made: the remote has neither other such tags nor commits that a push would have to lose.</summary>
    async Task DemandNewestAsync(ReleaseProgress progress, CancellationToken cancel)
    {
        if (Remote is not { } remote)
        {
            return;
        }

        var version = release.Version;
        var branch = new StampedFiles(release).Paths.Count > 0 ? version.Branch : null;
        var there = await PublishedRefs.ReadAsync(release.Git, remote, Tags, branch, cancel);
        there.DemandTagsOn(version.Commit, remote);
        branchIsBehind = there.Branch is not null && there.Branch != version.Commit;
        if (there.Branch is { } tip && !await release.Git.ContainsAsync("HEAD", tip, cancel))
        {
            await new StampedFiles(release).RestoreAsync(progress, cancel);
            throw new ReleaseException(
                $"{version.Branch} at {remote} has commits that are not here; nothing was tagged or pushed.",
                $"There: {tip}. This release: {version.Commit}.",
                "Run: git pull --rebase, and the release again: it is planned anew."
            );
        }
    }

    // Stamping again after a crash changes nothing. The files are named whether they differ from HEAD or not: HEAD may be the release commit
    // already, of a run that was killed before it could say so, and only the effect's probe can tell.
    async Task<IReadOnlyList<string>> StampAsync(IReadOnlyList<LedgerEvent> plans, CancellationToken cancel)
    {
        var files = new StampedFiles(release);
        await files.StampAsync(cancel);
        foreach (var part in release.Parted)
        {
            if (part.Changelog is { } changelog && !release.Strategy.DisabledSteps.Contains("Changelog"))
            {
                var notes = plans.Select(planned => PlannedParts.NotesOf(planned, part.Component)).ToList();
                await ChangelogFile.WriteAsync(release.Git.Root, changelog, notes[^1], notes[..^1], cancel);
            }
        }

        return await files.CommittableAsync(cancel);
    }

    async Task PushAsync(string commit, CancellationToken cancel)
    {
        if (Remote is not { } remote)
        {
            release.Terminal.Fact(
                "push",
                known is null ? "no remote: the tag stays here" : "not pushed: add --push to publish the tag",
                Tone.Quiet
            );
            return;
        }

        var version = release.Version;
        var branch = commit == version.Commit && !branchIsBehind ? null : version.Branch;
        var tags = Tags;
        var shown = string.Join(", ", tags);
        release.Terminal.Progress($"pushing {shown} to {remote}");
        await release.Effects.OnceAsync(
            new ReleasePush(release.Git, remote, version.Version, tags, branch, commit, release.Backoff).Effect(making.Key("push")),
            cancel
        );
        release.Terminal.Fact("push", $"{shown} {(tags.Length == 1 ? "is" : "are")} at {remote}");
    }
}
