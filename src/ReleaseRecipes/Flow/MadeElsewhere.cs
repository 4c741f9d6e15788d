using ReleaseRecipes.Tagging;

namespace ReleaseRecipes.Flow;

/// <summary>Finds what was made of this release before, and brings it here where another machine made it.</summary>
/// <param name="release">The run.</param>
/// <param name="remote">The remote that both push to; null where nothing is pushed.</param>
public sealed class MadeElsewhere(ReleaseSession release, string? remote)
{
    /// <summary>What of it is here now.</summary>
    /// <param name="commit">The commit that was made.</param>
    /// <param name="tags">The tags that were put on it.</param>
    /// <param name="published">Whether the ledger says that it was pushed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ReleaseException">It was published but cannot be had, or whether it was cannot be known.</exception>
    public async Task<Found> BringAsync(string commit, IReadOnlyList<string> tags, bool published, CancellationToken cancel)
    {
        var here = await HereAsync(commit, tags, cancel);
        if (here == Found.All || remote is null)
        {
            return here == Found.Nothing && published ? throw Unavailable(commit, tags, "Nothing is fetched without --push.") : here;
        }

        // A push that was cut off may have brought the branch and not the tags.
        var there = await PublishedRefs.ReadAsync(release.Git, remote, tags, release.Version.Branch, cancel);
        if (there.Problem is { } problem)
        {
            throw Unavailable(commit, tags, problem);
        }

        there.DemandTagsOn(commit, remote);
        var said = "";
        foreach (var tag in there.Tags.Keys)
        {
            said += await FetchAsync($"refs/tags/{tag}:refs/tags/{tag}", cancel);
        }

        said += there.Branch is not null && here == Found.Nothing ? await FetchAsync($"refs/heads/{release.Version.Branch}", cancel) : "";
        here = await HereAsync(commit, tags, cancel);
        return here != Found.All && (published || there.Tags.Count == tags.Count && tags.Count > 0)
            ? throw Unavailable(commit, tags, said)
            : here;
    }

    async Task<Found> HereAsync(string commit, IReadOnlyList<string> tags, CancellationToken cancel)
    {
        if (!(await release.Git.TryAsync(["cat-file", "-e", $"{commit}^{{commit}}"], cancel: cancel)).Succeeded)
        {
            return Found.Nothing;
        }

        foreach (var tag in tags)
        {
            if (await release.Git.TipAsync($"refs/tags/{tag}^{{commit}}", cancel) != commit)
            {
                return Found.CommitOnly;
            }
        }

        return tags.Count > 0 ? Found.All : Found.CommitOnly;
    }

    async Task<string> FetchAsync(string refs, CancellationToken cancel)
    {
        string[] fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote!, refs];
        return (await release.Git.TryAsync(fetch, timeout: TimeSpan.FromMinutes(5), cancel: cancel)).Error;
    }

    ReleaseException Unavailable(string commit, IReadOnlyList<string> tags, string why) =>
        new(
            $"{release.Version.Version} was tagged on {commit[..8]} elsewhere, and that is not here.",
            why.Trim(),
            $"Run: git fetch {remote ?? "origin"} tag {string.Join(" tag ", tags)} (after git tag -d {string.Join(' ', tags)} where others are here), and the same command again."
        );
}
