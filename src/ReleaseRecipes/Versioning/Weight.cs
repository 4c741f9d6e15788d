using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>What the commits of a range add up to.</summary>
/// <param name="Bump">How far they move the version.</param>
/// <param name="Deciding">The newest of those that move it farthest; null where none moves it.</param>
/// <param name="Standing">The commits that stand, newest first.</param>
/// <param name="TakenBack">The commits that cancel each other.</param>
sealed record Weight(Bump Bump, ReleaseCommit? Deciding, IReadOnlyList<ReleaseCommit> Standing, IReadOnlyList<ReleaseCommit> TakenBack)
{
    /// <summary>Weighs new commits, and those merged from another line's releases, which bring at most a patch: they were announced there.</summary>
    public static Weight Of(IEnumerable<GitCommit> commits, IEnumerable<GitCommit> merged, VersioningSettings settings)
    {
        var weight = Of(
            [.. commits.Select(commit => ReleaseCommit.Of(commit, settings))],
            merged.Select(commit => ReleaseCommit.Of(commit, settings))
        );
        // Where versions do not tell what changed, a commit without a type is worth a release as well.
        var untyped = weight.Standing.FirstOrDefault(commit => !commit.Message.Follows && !commit.Commit.IsMerge);
        return settings.Scheme == VersionScheme.Semantic || weight.Deciding is not null || untyped is null
            ? weight
            : weight with
            {
                Bump = Bump.Patch,
                Deciding = untyped,
            };
    }

    /// <summary>Weighs commits that were read before.</summary>
    public static Weight Of(IReadOnlyList<ReleaseCommit> commits, IEnumerable<ReleaseCommit> merged)
    {
        var (standing, takenBack) = Reversal.Of(commits);
        var deciding = standing.Where(commit => commit.Bump > Bump.None).MaxBy(commit => commit.Bump);
        if (deciding is null && merged.FirstOrDefault(commit => commit.Bump > Bump.None) is { } brought)
        {
            deciding = brought with { Bump = Bump.Patch, AnnouncedElsewhere = true };
        }

        return new Weight(deciding?.Bump ?? Bump.None, deciding, standing, takenBack);
    }
}
