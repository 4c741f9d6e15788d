namespace ReleaseRecipes.Changelog;

/// <summary>The items of a whole history release by release, each release's in the order in which they are printed.</summary>
/// <param name="items">The items, by the rank of their release.</param>
/// <param name="starts">Where those of each rank begin, and where the last end.</param>
sealed class ReleaseItems(WholeHistory.Item[] items, int[] starts)
{
    /// <summary>What no release has yet.</summary>
    public ReadOnlySpan<WholeHistory.Item> Unreleased => Of(starts.Length - 2);

    /// <summary>What a release had first.</summary>
    /// <param name="rank">The release's place among all, lowest first.</param>
    public ReadOnlySpan<WholeHistory.Item> Of(int rank) => items.AsSpan(starts[rank]..starts[rank + 1]);
}
