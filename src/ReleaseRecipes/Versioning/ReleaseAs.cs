using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Finds the version that a commit asks for by the footer <c>Release-As: 2.0.0</c>. It counts on the branch's own line only, where the
/// people who merge write: what came in with somebody's branch decides no version.
/// </summary>
static class ReleaseAs
{
    /// <summary>The newest request on the branch's own line, and warnings for those that do not count.</summary>
    /// <param name="commits">The commits since the last release, newest first.</param>
    /// <param name="range">All commits of the range, those too that do not count.</param>
    /// <param name="head">The full hash of HEAD.</param>
    /// <param name="scheme">The scheme of the version.</param>
    /// <param name="previous">The last release.</param>
    public static (ReleaseVersion Version, ReleaseCommit Commit)? Of(
        IReadOnlyList<ReleaseCommit> commits,
        IReadOnlyList<GitCommit> range,
        string head,
        IVersionScheme scheme,
        ReleaseVersion? previous,
        List<string> warnings
    )
    {
        var asking = commits.Where(commit => Asked(commit) is not null).ToList();
        if (asking.Count == 0)
        {
            return null;
        }

        var own = OwnLine(range, head);
        foreach (var commit in asking)
        {
            var text = Asked(commit)!;
            var version = scheme.Parse(text.TrimStart('v'));
            if (own.Contains(commit.Commit.Hash) && version is not null && (previous is null || version > previous))
            {
                return (version, commit);
            }

            var why =
                !own.Contains(commit.Commit.Hash) ? "it came in with a merged branch"
                : version is null ? "that is no version"
                : $"that does not come after {previous}";
            warnings.Add($"{commit} asks for Release-As: {text}, which does not count: {why}.");
        }

        return null;
    }

    static string? Asked(ReleaseCommit commit) =>
        commit.Message.Footers.LastOrDefault(footer => footer.Token.Equals("Release-As", StringComparison.OrdinalIgnoreCase))?.Value;

    static HashSet<string> OwnLine(IReadOnlyList<GitCommit> range, string head)
    {
        var known = range.ToDictionary(commit => commit.Hash);
        var own = new HashSet<string>();
        for (string? hash = head; hash is not null && own.Add(hash); )
        {
            hash = known.TryGetValue(hash, out var commit) && commit.Parents.Count > 0 ? commit.Parents[0] : null;
        }

        return own;
    }
}
