using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tagging;

/// <summary>Publishes a release's commit and tags: all or none, and no ref but these.</summary>
/// <param name="git">The repository.</param>
/// <param name="remote">The remote's name.</param>
/// <param name="version">The release's version.</param>
/// <param name="tags">Its tags.</param>
/// <param name="branch">The branch that the release commit is for; null where there is no release commit.</param>
/// <param name="commit">The tagged commit.</param>
/// <param name="backoff">How long to wait for a remote that may come back; by the system's clock where null.</param>
public sealed class ReleasePush(
    GitRepository git,
    string remote,
    string version,
    IReadOnlyList<string> tags,
    string? branch,
    string commit,
    Backoff? backoff = null
)
{
    readonly Backoff backoff = backoff ?? new Backoff(TimeProvider.System);

    /// <summary>The effect: the remote has the tags, and the branch contains the commit.</summary>
    public Effect Effect(string key = "push") => new(version, key, Outcome(), ProbeAsync, PushAsync);

    string Shown => string.Join(' ', tags);

    // The branch never goes after the tags: where they are, all is.
    async Task<Observation> ProbeAsync(CancellationToken cancel)
    {
        var there = await LookAsync(cancel);
        return there.Problem is { } problem ? Observation.Unknown($"{remote} does not answer: {problem}")
            : there.Tags.Count == tags.Count ? Observation.Present(Outcome())
            : Observation.Absent;
    }

    async Task<PublishedRefs> LookAsync(CancellationToken cancel)
    {
        var there = await PublishedRefs.ReadAsync(git, remote, tags, null, cancel);
        there.DemandTagsOn(commit, remote);
        return there;
    }

    async Task<JsonObject> PushAsync(CancellationToken cancel)
    {
        var atomic = true;
        for (var attempt = 1; ; attempt++)
        {
            var result = await SendAsync(atomic, cancel);
            if (result.Succeeded)
            {
                return Outcome();
            }

            // A broken connection says nothing about what the other side did: only a look does.
            var seen = await ProbeAsync(cancel);
            var trouble = RemoteTroubles.Of(result);
            if (seen.Presence == Presence.Present)
            {
                return Outcome();
            }

            if (trouble != RemoteTrouble.NotAtomic && (attempt == Backoff.Attempts || !trouble.MayPass()))
            {
                throw Refused(result, trouble, seen, atomic);
            }

            atomic &= trouble != RemoteTrouble.NotAtomic;
            await backoff.WaitAsync(attempt, cancel);
        }
    }

    async Task<ProgramResult> SendAsync(bool atomic, CancellationToken cancel)
    {
        // Of several tags some may be there by somebody else's hand; pushing those again would be refused, and all others with them.
        var missing = tags.Count > 1 && await LookAsync(cancel) is { Problem: null } seen ? tags.Except(seen.Tags.Keys) : tags;
        string[] tagSpecs = [.. missing.Select(tag => $"refs/tags/{tag}:refs/tags/{tag}")];
        string[] branchSpec = branch is null ? [] : [$"{commit}:refs/heads/{branch}"];
        if (atomic)
        {
            return await SendAsync(["--atomic"], [.. branchSpec, .. tagSpecs], cancel);
        }

        var first = branch is null ? null : await SendAsync([], branchSpec, cancel);
        return first is { Succeeded: false } ? first : await SendAsync([], tagSpecs, cancel);
    }

    Task<ProgramResult> SendAsync(string[] how, string[] refs, CancellationToken cancel) =>
        git.TryAsync(
            ["push", .. how, "--no-follow-tags", "--no-verify", "--porcelain", "--", remote, .. refs],
            timeout: TimeSpan.FromMinutes(5),
            cancel: cancel
        );

    JsonObject Outcome() =>
        new()
        {
            ["remote"] = remote,
            ["tag"] = Shown,
            ["commit"] = commit,
        };

    ReleaseException Refused(ProgramResult result, RemoteTrouble trouble, Observation seen, bool atomic) =>
        new(
            seen.Presence == Presence.Unknown ? $"Whether the release reached {remote} cannot be known: it does not answer any more."
                : atomic ? $"The release could not be pushed to {remote}; nothing of it is there."
                : $"The release could not be pushed to {remote}; its tag is not there.",
            RemoteTroubles.Said(result),
            trouble switch
            {
                RemoteTrouble.Behind =>
                    $"Somebody pushed to {branch}. {Shown} is here only; plan it anew: git tag -d {Shown} && git pull --rebase, and the release again.",
                RemoteTrouble.Protected when branch is not null =>
                    $"{branch} or {Shown} is protected: let the releaser push to it, or keep no changelog file and stamp no files, so that only a tag is pushed.",
                RemoteTrouble.Protected => $"{Shown} is protected: let the releaser push such tags.",
                RemoteTrouble.Refused =>
                    $"A hook or a setting of {remote} refuses it. Mend what it says, and run the same command again: it goes on here.",
                _ => trouble.Advice(remote) ?? "Mend what the remote says, and run the same command again: it goes on here.",
            }
        );
}
