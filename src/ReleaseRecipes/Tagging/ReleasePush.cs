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
public sealed class ReleasePush(GitRepository git, string remote, string version, IReadOnlyList<string> tags, string? branch, string commit)
{
    /// <summary>The effect: the remote has the tags, and the branch contains the commit.</summary>
    public Effect Effect() => new(version, "push", Outcome(), ProbeAsync, PushAsync);

    async Task<Observation> ProbeAsync(CancellationToken cancel)
    {
        var (missing, problem) = await LookAsync(cancel);
        return problem is not null ? Observation.Unknown(problem)
            : missing.Count == 0 ? Observation.Present(Outcome())
            : Observation.Absent;
    }

    /// <summary>The tags that are not there, or why that cannot be known.</summary>
    async Task<(IReadOnlyList<string> Missing, string? Problem)> LookAsync(CancellationToken cancel)
    {
        string[] patterns = [.. tags.SelectMany(tag => (string[])[$"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"])];
        var listed = await git.TryAsync(["ls-remote", "--", remote, .. patterns], timeout: TimeSpan.FromMinutes(1), cancel: cancel);
        if (!listed.Succeeded)
        {
            return ([], $"{remote} does not answer: {listed.Error.Trim()}");
        }

        // A pattern matches the end of a name; only whole names count.
        var there = listed
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .ToLookup(line => line[1].Replace("^{}", "", StringComparison.Ordinal), line => line[0]);
        var elsewhere = tags.FirstOrDefault(tag => there.Contains($"refs/tags/{tag}") && !there[$"refs/tags/{tag}"].Contains(commit));
        return elsewhere is null
            ? ([.. tags.Where(tag => !there.Contains($"refs/tags/{tag}"))], null)
            : throw new ReleaseException(
                $"The tag {elsewhere} is on another commit at {remote}.",
                $"This release is {commit[..8]}.",
                "Somebody else released this version. Fetch, and run the release again."
            );
    }

    async Task<JsonObject> PushAsync(CancellationToken cancel)
    {
        // Of several tags some may be there by somebody else's hand; pushing those again would be refused, and all others with them.
        var missing = tags.Count > 1 && await LookAsync(cancel) is { Problem: null } seen ? seen.Missing : tags;
        string[] refs = [.. branch is null ? [] : (string[])[$"{commit}:refs/heads/{branch}"], .. missing.Select(Spec)];
        if (refs.Length == 0)
        {
            return Outcome();
        }

        string[] push = ["push", "--atomic", "--no-follow-tags", "--no-verify", "--porcelain", "--", remote, .. refs];
        var result = await git.TryAsync(push, timeout: TimeSpan.FromMinutes(5), cancel: cancel);
        if (result.Succeeded)
        {
            return Outcome();
        }

        // A broken connection says nothing about what the other side did: only a look does.
        var after = await ProbeAsync(cancel);
        return after.Presence == Presence.Present ? after.Outcome! : throw Refused(result);
    }

    static string Spec(string tag) => $"refs/tags/{tag}:refs/tags/{tag}";

    JsonObject Outcome() =>
        new()
        {
            ["remote"] = remote,
            ["tag"] = string.Join(' ', tags),
            ["commit"] = commit,
        };

    ReleaseException Refused(ProgramResult result)
    {
        var said = result.Output + result.Error;
        return new ReleaseException(
            $"The release could not be pushed to {remote}; nothing of it is there.",
            string.Join('\n', said.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6)),
            Says("non-fast-forward") || Says("fetch first") ? $"Somebody pushed to {branch}. Run: git pull --rebase, and the release again."
                : Says("protected")
                    ? $"{branch} is protected: let the releaser push to it, or keep no changelog file and stamp no files, so that only a tag is pushed."
                : "Mend what the remote says, and run the same command again: it goes on here."
        );

        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
