namespace ReleaseRecipes.Git;

/// <summary>Tells where a clone's history was cut off.</summary>
static class ShallowClone
{
    /// <summary>Refuses a clone that was cut off among the given commits: what lies behind the cut could change the answer.</summary>
    /// <exception cref="ReleaseException">One of the commits has parents that were not fetched.</exception>
    public static void Require(GitRepository git, IReadOnlyList<GitCommit> commits)
    {
        var file = Path.Combine(git.GitDirectory, "shallow");
        if (!File.Exists(file))
        {
            return;
        }

        var cuts = File.ReadLines(file).ToHashSet(StringComparer.Ordinal);
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
