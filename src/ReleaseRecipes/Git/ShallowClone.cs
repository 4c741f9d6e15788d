namespace ReleaseRecipes.Git;

/// <summary>Tells where a clone's history was cut off.</summary>
static class ShallowClone
{
    /// <summary>Whether the history was cut off anywhere.</summary>
    public static bool Is(GitRepository git) => File.Exists(FileOf(git));

    /// <summary>Refuses a clone that was made without tags and has none: it cannot know the last release.</summary>
    /// <exception cref="ReleaseException">It was.</exception>
    public static async Task RequireTagsAsync(GitRepository git, IReadOnlyList<GitTag> tags, CancellationToken cancel)
    {
        if (tags.Count > 0)
        {
            return;
        }

        var options = await git.TryAsync(["config", "--get-regexp", @"^remote\..*\.tagopt$"], cancel: cancel);
        if (options.Output.Contains("--no-tags", StringComparison.Ordinal))
        {
            throw new ReleaseException(
                "This clone was made without tags, so the last release is not known.",
                git.Root,
                "Fetch them: git fetch --tags"
            );
        }
    }

    static string FileOf(GitRepository git) => Path.Combine(git.GitDirectory, "shallow");

    /// <summary>Refuses a clone that was cut off among the given commits: what lies behind the cut could change the answer.</summary>
    /// <exception cref="ReleaseException">One of the commits has parents that were not fetched.</exception>
    public static void Require(GitRepository git, IReadOnlyList<GitCommit> commits)
    {
        if (!Is(git))
        {
            return;
        }

        var cuts = File.ReadLines(FileOf(git)).ToHashSet(StringComparer.Ordinal);
        if (commits.FirstOrDefault(commit => cuts.Contains(commit.Hash)) is { } cut)
        {
            throw new ReleaseException(
                $"This clone is shallow: its history ends at {cut.ShortHash}, before the last release was met, so the next version is not known.",
                git.Root,
                "Fetch the rest: git fetch --unshallow --tags"
            );
        }
    }
}
