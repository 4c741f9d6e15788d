namespace ReleaseRecipes.Git;

/// <summary>The remotes of a repository.</summary>
public static class Remotes
{
    /// <summary>The remote that releases are pushed to: origin, or the only one there is; null where there is none, or no telling which.</summary>
    public static async Task<string?> DefaultAsync(GitRepository git)
    {
        var remotes = (await git.ReadAsync("remote")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return remotes.Contains("origin") ? "origin"
            : remotes.Length == 1 ? remotes[0]
            : null;
    }
}
