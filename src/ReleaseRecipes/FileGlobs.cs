using Microsoft.Extensions.FileSystemGlobbing;

namespace ReleaseRecipes;

/// <summary>Finds files by the globs of the strategy file: <c>**</c>, <c>*</c>, and a leading <c>!</c> that takes away.</summary>
public static class FileGlobs
{
    /// <summary>The matching files under a folder, relative to it with forward slashes, sorted by ordinal so that hashes over them are stable.</summary>
    public static IReadOnlyList<string> Find(string folder, IEnumerable<string> globs)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in globs)
        {
            if (glob.StartsWith('!'))
            {
                matcher.AddExclude(glob[1..]);
            }
            else
            {
                matcher.AddInclude(glob);
            }
        }

        return Directory.Exists(folder)
            ? [.. matcher.GetResultsInFullPath(folder).Select(path => Relative(folder, path)).Order(StringComparer.Ordinal)]
            : [];
    }

    static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
