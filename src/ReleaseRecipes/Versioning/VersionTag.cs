using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>A tag that names a version of the strategy's scheme.</summary>
/// <param name="Name">The tag's name.</param>
/// <param name="Version">The version in it.</param>
/// <param name="Commit">The full hash of its commit.</param>
public sealed record VersionTag(string Name, ReleaseVersion Version, string Commit)
{
    /// <summary>
    /// The tags that name versions. All others (other prefixes, odd numbers, strange characters) are passed over: they belong to someone else.
    /// </summary>
    public static IReadOnlyList<VersionTag> In(IEnumerable<GitTag> tags, string prefix, IVersionScheme scheme)
    {
        var found = new List<VersionTag>();
        foreach (var tag in tags)
        {
            if (tag.Name.StartsWith(prefix, StringComparison.Ordinal) && scheme.Parse(tag.Name[prefix.Length..]) is { } version)
            {
                found.Add(new VersionTag(tag.Name, version, tag.Commit));
            }
        }

        return found;
    }
}
