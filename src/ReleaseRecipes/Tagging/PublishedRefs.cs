using ReleaseRecipes.Git;

namespace ReleaseRecipes.Tagging;

/// <summary>Where a release's tags and branch are at the remote.</summary>
/// <param name="Branch">The branch's commit; null where the remote has no such branch, or none was asked for.</param>
/// <param name="Tags">Tag to its hash and that of the commit it is on; only those that the remote has.</param>
/// <param name="Problem">Why it cannot be known; null where it can.</param>
sealed record PublishedRefs(string? Branch, IReadOnlyDictionary<string, IReadOnlyList<string>> Tags, string? Problem)
{
    /// <summary>Asks the remote.</summary>
    public static async Task<PublishedRefs> ReadAsync(
        GitRepository git,
        string remote,
        IReadOnlyList<string> tags,
        string? branch,
        CancellationToken cancel
    )
    {
        string[] patterns = [.. tags.SelectMany(Names), .. branch is null ? (string[])[] : [$"refs/heads/{branch}"]];
        var listed = await git.TryAsync(["ls-remote", "--", remote, .. patterns], timeout: TimeSpan.FromMinutes(1), cancel: cancel);
        if (!listed.Succeeded)
        {
            var problem = listed.TimedOut ? "no answer within a minute" : RemoteTroubles.Said(listed);
            return new PublishedRefs(null, new Dictionary<string, IReadOnlyList<string>>(), problem);
        }

        // A pattern matches the end of a name; only whole names count.
        var there = listed
            .Output.Split('\n')
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[1], parts => parts[0]);
        return new PublishedRefs(
            there.GetValueOrDefault($"refs/heads/{branch}"),
            tags.Where(tag => there.ContainsKey($"refs/tags/{tag}"))
                .ToDictionary(tag => tag, tag => (IReadOnlyList<string>)[.. Names(tag).Select(there.GetValueOrDefault).OfType<string>()]),
            null
        );
    }

    /// <summary>Stops where one of the tags is on another commit than a release's.</summary>
    /// <exception cref="ReleaseException">It is.</exception>
    public void DemandTagsOn(string commit, string remote)
    {
        foreach (var (tag, hashes) in Tags.Where(tag => !tag.Value.Contains(commit)))
        {
            throw new ReleaseException(
                $"The tag {tag} is on another commit at {remote}.",
                $"There: {hashes[^1]}. This release: {commit}.",
                $"Somebody else released this version; a published tag is never moved. Run: git pull --rebase && git fetch {remote} tag {tag}"
                    + $" (after git tag -d {tag} where it is here too), and the release again."
            );
        }
    }

    static string[] Names(string tag) => [$"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"];
}
