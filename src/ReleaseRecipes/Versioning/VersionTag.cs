using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>A tag that names a version of the strategy's scheme.</summary>
/// <param name="Name">The tag's name.</param>
/// <param name="Version">The version in it.</param>
/// <param name="Commit">The full hash of its commit.</param>
public sealed record VersionTag(string Name, ReleaseVersion Version, string Commit)
{
    /// <summary>What stands before the version in the tag's name.</summary>
    public string Prefix => Name[..^Version.ToString().Length];

    /// <summary>
    /// The tags that name versions. All others (other prefixes, odd numbers, strange characters) are passed over: they belong to someone else.
    /// Under the usual prefix <c>v</c> a bare <c>1.4.0</c> counts too: many repositories changed from the one to the other.
    /// </summary>
    public static IReadOnlyList<VersionTag> In(IEnumerable<GitTag> tags, string prefix, IVersionScheme scheme)
    {
        var found = new List<VersionTag>();
        foreach (var tag in tags)
        {
            if ((Rest(tag.Name, prefix) ?? (prefix == "v" ? tag.Name : null)) is { } text && scheme.Parse(text) is { } version)
            {
                found.Add(new VersionTag(tag.Name, version, tag.Commit));
            }
        }

        return found;
    }

    static string? Rest(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
