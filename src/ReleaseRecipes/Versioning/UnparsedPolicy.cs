using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Sees to it that no commit is lost in silence because its message follows no convention.</summary>
static class UnparsedPolicy
{
    const int Named = 10;

    /// <summary>Warns of such commits, or refuses them.</summary>
    /// <exception cref="ReleaseException">There are some, and the strategy refuses them.</exception>
    public static void Apply(IReadOnlyList<ReleaseCommit> commits, UnparsedCommits policy, List<string> warnings)
    {
        if (policy == UnparsedCommits.Include)
        {
            return;
        }

        var unparsed = commits.Where(IsUnparsed).ToList();
        if (policy == UnparsedCommits.Fail && unparsed.Count > 0)
        {
            throw new ReleaseException(
                $"{unparsed.Count} commits do not follow Conventional Commits: {string.Join("; ", unparsed.Take(Named))}",
                "changelog.unparsed_commits",
                "Reword them (git rebase -i), or set unparsed_commits: warn."
            );
        }

        warnings.AddRange(
            unparsed.Take(Named).Select(commit => $"{commit} does not follow Conventional Commits: it is listed, but moves no version.")
        );
        if (unparsed.Count > Named)
        {
            warnings.Add($"{unparsed.Count - Named} more commits do not follow Conventional Commits.");
        }
    }

    static bool IsUnparsed(ReleaseCommit commit) =>
        !commit.Message.Follows && !commit.Commit.IsMerge && commit.Message.Listed.Count == 0 && !commit.Message.Breaking;
}
