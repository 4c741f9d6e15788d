namespace ReleaseRecipes.Versioning;

/// <summary>
/// Picks the releases whose histories are worth following. The releases of one line follow each other, so its highest has what the others
/// have; and following thousands of tags would cost more than everything else together.
/// </summary>
static class LineEnds
{
    const int Newest = 50;
    const int NewestLines = 100;

    /// <summary>The highest release of each of the newest major and minor versions, and the highest of all.</summary>
    /// <param name="highestFirst">All releases.</param>
    public static IReadOnlyList<VersionTag> Of(IReadOnlyList<VersionTag> highestFirst) =>
        [
            .. highestFirst
                .Take(Newest)
                .Concat(highestFirst.DistinctBy(tag => (tag.Version.Major, tag.Version.Minor)).Take(NewestLines))
                .Concat(highestFirst.DistinctBy(tag => tag.Version.Major).Take(NewestLines))
                .Distinct()
                .OrderByDescending(tag => tag.Version),
        ];
}
