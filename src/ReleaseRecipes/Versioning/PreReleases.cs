using System.Globalization;
using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>Counts pre-releases: 1.4.0-rc.1, 1.4.0-rc.2.</summary>
static class PreReleases
{
    /// <summary>The next pre-release of a version with a label; every tag counts, reachable or not, because its name is taken.</summary>
    public static ReleaseVersion Next(History history, ReleaseVersion core, string label)
    {
        var highest = Of(history, core, label).Select(tag => NumberIn(tag.Version, label)!.Value).DefaultIfEmpty(0).Max();
        return core.With(string.Create(CultureInfo.InvariantCulture, $"{label}.{highest + 1}"));
    }

    /// <summary>The last pre-release of a version with a label among HEAD and its ancestors.</summary>
    public static VersionTag? Last(History history, ReleaseVersion core, string label) =>
        Of(history, core, label).Where(history.Reached.Contains).MaxBy(tag => tag.Version);

    /// <summary>The highest pre-release among HEAD and its ancestors whose release was announced but not made yet.</summary>
    public static VersionTag? Announced(History history, string suffix) =>
        history
            .Reached.Where(tag => tag.Version.IsPreRelease && (history.Previous is null || NumberIn(tag.Version, suffix) is not null))
            .Where(tag => history.Previous is null || tag.Version > history.Previous.Version)
            .MaxBy(tag => tag.Version);

    /// <summary>The commits that a tag does not reach.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="commits">The commits that count.</param>
    /// <param name="range">All commits of the range.</param>
    public static IReadOnlyList<ReleaseCommit> Since(VersionTag tag, IReadOnlyList<ReleaseCommit> commits, IReadOnlyList<GitCommit> range)
    {
        var known = range.ToDictionary(commit => commit.Hash);
        var older = new HashSet<string>();
        var pending = new Stack<string>([tag.Commit]);
        while (pending.TryPop(out var hash))
        {
            if (older.Add(hash) && known.TryGetValue(hash, out var commit))
            {
                foreach (var parent in commit.Parents)
                {
                    pending.Push(parent);
                }
            }
        }

        return [.. commits.Where(commit => !older.Contains(commit.Commit.Hash))];
    }

    static IEnumerable<VersionTag> Of(History history, ReleaseVersion core, string label) =>
        history.Tags.Where(tag => tag.Version.IsPreRelease && tag.Version.Release == core && NumberIn(tag.Version, label) is not null);

    static long? NumberIn(ReleaseVersion version, string label) =>
        version.PreRelease.StartsWith(label + ".", StringComparison.Ordinal)
        && version.PreRelease.Length - label.Length < 19
        && long.TryParse(version.PreRelease.AsSpan(label.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
