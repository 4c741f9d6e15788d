using ReleaseRecipes.Git;

namespace ReleaseRecipes.Dashboard.Reading;

/// <summary>Finds the repository whose releases are shown.</summary>
static class RepositoryAtHand
{
    /// <summary>The repository of a folder. A slot of a local environment lies in the git directory itself, which is no work tree: the one around it is meant.</summary>
    /// <exception cref="ReleaseException">Neither the folder nor any around it belongs to a repository.</exception>
    public static async Task<GitRepository> FindAsync(string folder, CancellationToken cancel)
    {
        ReleaseException? first = null;
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            try
            {
                return await GitRepository.OpenAsync(at.FullName, cancel);
            }
            catch (ReleaseException problem) when (at.Exists)
            {
                first ??= problem;
            }
        }

        throw first
            ?? new ReleaseException(
                "There is no git repository here.",
                folder,
                "Set RELEASE_REPOSITORY to the folder of the repository to show."
            );
    }
}
