namespace ReleaseRecipes.Versioning;

/// <summary>Cancels commits against the reverts of the same range: what came and went between two releases is no news.</summary>
static class Reversal
{
    /// <summary>Splits the commits (newest first) into those that stand and those that cancel each other.</summary>
    public static (IReadOnlyList<ReleaseCommit> Standing, IReadOnlyList<ReleaseCommit> TakenBack) Of(IReadOnlyList<ReleaseCommit> commits)
    {
        if (!commits.Any(commit => commit.Message.IsRevert))
        {
            return (commits, []);
        }

        var gone = new HashSet<int>();
        for (var index = 0; index < commits.Count; index++)
        {
            // Newest first: a revert that was itself taken back takes nothing back.
            if (gone.Contains(index) || !commits[index].Message.IsRevert)
            {
                continue;
            }

            var targets = Targets(commits, index, gone);
            if (targets.Count > 0)
            {
                gone.Add(index);
                gone.UnionWith(targets);
            }
        }

        return ([.. commits.Where((_, index) => !gone.Contains(index))], [.. commits.Where((_, index) => gone.Contains(index))]);
    }

    static List<int> Targets(IReadOnlyList<ReleaseCommit> commits, int revert, HashSet<int> gone)
    {
        var message = commits[revert].Message;
        var found = new List<int>();
        for (var index = revert + 1; index < commits.Count; index++)
        {
            if (!gone.Contains(index) && message.Reverts.Any(hash => commits[index].Commit.Hash.StartsWith(hash, StringComparison.Ordinal)))
            {
                found.Add(index);
            }
        }

        if (found.Count == 0 && message.RevertedHeader is { } header)
        {
            // A rebase gave the commit another hash; the nearest older one with the same header is meant.
            for (var index = revert + 1; index < commits.Count && found.Count == 0; index++)
            {
                if (!gone.Contains(index) && commits[index].Message.Header == header)
                {
                    found.Add(index);
                }
            }
        }

        return found;
    }
}
