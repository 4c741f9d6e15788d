using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tagging;

/// <summary>Publishes a release's commit and tag: both or neither, and no ref but these two.</summary>
/// <param name="git">The repository.</param>
/// <param name="remote">The remote's name.</param>
/// <param name="version">The release's version.</param>
/// <param name="tag">Its tag.</param>
/// <param name="branch">The branch that the release commit is for; null where there is no release commit.</param>
/// <param name="commit">The tagged commit.</param>
public sealed class ReleasePush(GitRepository git, string remote, string version, string tag, string? branch, string commit)
{
    /// <summary>The effect: the remote has the tag, and the branch contains the commit.</summary>
    public Effect Effect() =>
        new(
            version,
            "push",
            new JsonObject
            {
                ["remote"] = remote,
                ["tag"] = tag,
                ["commit"] = commit,
            },
            ProbeAsync,
            PushAsync
        );

    async Task<Observation> ProbeAsync(CancellationToken cancel)
    {
        var listed = await git.TryAsync(
            ["ls-remote", "--", remote, $"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"],
            timeout: TimeSpan.FromMinutes(1),
            cancel: cancel
        );
        if (!listed.Succeeded)
        {
            return Observation.Unknown($"{remote} does not answer: {listed.Error.Trim()}");
        }

        var hashes = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]).ToList();
        return hashes.Count == 0 ? Observation.Absent
            : hashes.Contains(commit) ? Observation.Present(Outcome())
            : throw new ReleaseException(
                $"The tag {tag} is on another commit at {remote}.",
                $"This release is {commit[..8]}.",
                "Somebody else released this version. Fetch, and run the release again."
            );
    }

    async Task<JsonObject> PushAsync(CancellationToken cancel)
    {
        string[] refs = branch is null ? [TagSpec] : [$"{commit}:refs/heads/{branch}", TagSpec];
        string[] push = ["push", "--atomic", "--no-follow-tags", "--no-verify", "--porcelain", "--", remote, .. refs];
        var result = await git.TryAsync(push, timeout: TimeSpan.FromMinutes(5), cancel: cancel);
        if (result.Succeeded)
        {
            return Outcome();
        }

        // A broken connection says nothing about what the other side did: only a look does.
        var seen = await ProbeAsync(cancel);
        return seen.Presence == Presence.Present ? seen.Outcome! : throw Refused(result);
    }

    string TagSpec => $"refs/tags/{tag}:refs/tags/{tag}";

    JsonObject Outcome() =>
        new()
        {
            ["remote"] = remote,
            ["tag"] = tag,
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
