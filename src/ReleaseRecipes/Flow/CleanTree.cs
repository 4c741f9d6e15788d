using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>A release is made of a commit, not of what happens to lie in the work tree.</summary>
public sealed class CleanTree(ReleaseSession release)
{
    /// <summary>The tracked files that differ from HEAD, without those that a release stamps itself.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync()
    {
        var own = new StampedFiles(release).Paths;
        var status = await release.Git.ReadAsync("status", "--porcelain", "-z", "--untracked-files=no", "--no-renames");
        return
        [
            .. status.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry[3..]).Where(path => !own.Contains(path)),
        ];
    }

    /// <summary>Refuses a release of uncommitted changes, unless they are allowed.</summary>
    public async Task DemandAsync()
    {
        var changed = await ChangedAsync();
        if (changed.Count == 0)
        {
            return;
        }

        var some = string.Join(", ", changed.Take(5)) + (changed.Count > 5 ? $" and {changed.Count - 5} more" : "");
        if (!release.Options.AllowDirty)
        {
            throw new ReleaseException("There are uncommitted changes.", some, "Commit or stash them, or release with --allow-dirty.");
        }

        release.Terminal.Line($"  Uncommitted changes are let pass: {some}", Tone.Warning);
    }
}
