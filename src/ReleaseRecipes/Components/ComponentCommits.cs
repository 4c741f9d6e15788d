using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Components;

/// <summary>Which commits of a whole history belong to a component, for questions about its past.</summary>
static class ComponentCommits
{
    /// <summary>The full hashes of the component's commits, by two git processes over all ancestors of the given commits.</summary>
    public static async Task<IReadOnlySet<string>> ReadAsync(
        GitRepository git,
        ComponentSettings component,
        IEnumerable<string> starts,
        CancellationToken cancel
    )
    {
        string[] call = ["rev-list", "--parents", "--stdin"];
        var listed = await git.TryAsync(call, string.Concat(starts.Select(start => start + "\n")), cancel: cancel);
        if (!listed.Succeeded)
        {
            throw GitRepository.Failed(call, listed);
        }

        var commits = listed
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(hashes => new GitCommit(hashes[0], hashes[1..], "", "", DateTimeOffset.UnixEpoch, ""))
            .ToList();
        var files = await ChangedFiles.ReadAsync(git, commits, cancel);
        var folders = await ComponentFolders.ReadAsync(git, [component], files.Moves, cancel);
        return files
            .ByCommit.Where(commit => folders.Holds(component.Name, commit.Value))
            .Select(commit => commit.Key)
            .ToHashSet(StringComparer.Ordinal);
    }
}
