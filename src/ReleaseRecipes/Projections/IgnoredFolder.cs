using ReleaseRecipes.Git;

namespace ReleaseRecipes.Projections;

/// <summary>Keeps generated folders out of <c>git status</c> by the repository's own exclude file, which is never committed.</summary>
public sealed class IgnoredFolder(GitRepository git)
{
    /// <summary>Adds the pattern unless it stands there.</summary>
    public void Ensure(string pattern)
    {
        var exclude = Path.Combine(git.GitDirectory, "info", "exclude");
        var lines = File.Exists(exclude) ? File.ReadAllLines(exclude) : [];
        if (!lines.Contains(pattern))
        {
            AtomicFile.Write(exclude, string.Join('\n', [.. lines, pattern]) + "\n");
        }
    }
}
