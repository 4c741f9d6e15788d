using System.Globalization;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Leaves out what is told twice: a pull request that came both as a merge and as its commits, a commit that was picked twice.</summary>
static class Duplicates
{
    /// <summary>The commits without those whose header stood before, pull request number or not.</summary>
    public static IEnumerable<ReleaseCommit> Removed(IReadOnlyList<ReleaseCommit> commits)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return commits.Where(commit => !commit.Message.Follows || seen.Add(WithoutRequest(commit.Message.Header)));
    }

    /// <summary>The number of the pull request that a header names at its end: <c>feat: gift cards (#12)</c>. Null: none.</summary>
    public static long? Request(string header)
    {
        var at = header.LastIndexOf("(#", StringComparison.Ordinal);
        return
            at > 0
            && header.EndsWith(')')
            && long.TryParse(header.AsSpan(at + 2, header.Length - at - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    static string WithoutRequest(string header) =>
        Request(header) is null ? header : header[..header.LastIndexOf("(#", StringComparison.Ordinal)].TrimEnd();
}
