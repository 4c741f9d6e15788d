using ReleaseRecipes.Git;

namespace ReleaseRecipes.Ledger;

/// <summary>Moves the ledger's refs in this repository, without hooks.</summary>
static class LocalRefs
{
    static readonly Dictionary<string, string?> Nobody = new()
    {
        ["GIT_COMMITTER_NAME"] = "releaser",
        ["GIT_COMMITTER_EMAIL"] = "releaser@localhost",
    };

    /// <summary>Moves a ref forward to a commit. Where another process was first and is further on already, it stays there.</summary>
    public static async Task AdvanceAsync(GitRepository git, string name, string commit, Backoff backoff, CancellationToken cancel)
    {
        for (var lost = 1; !await StaleLocks.RetryAsync(git, () => TryAdvanceAsync(git, name, commit, cancel), cancel); lost++)
        {
            await backoff.YieldAsync(lost, cancel);
        }
    }

    static async Task<bool> TryAdvanceAsync(GitRepository git, string name, string commit, CancellationToken cancel)
    {
        var old = await git.TipAsync(name, cancel);
        if (await git.ContainsAsync(old, commit, cancel))
        {
            return true;
        }

        var problem = await SetAsync(git, name, commit, old, cancel);
        return problem is null || (await git.TipAsync(name, cancel) == old ? throw problem : false);
    }

    /// <summary>Sets a ref if it still has its old value. The answer is why it could not; null where it was set.</summary>
    public static async Task<ReleaseException?> SetAsync(
        GitRepository git,
        string name,
        string commit,
        string? old,
        CancellationToken cancel
    )
    {
        string[] set = ["-c", "core.hooksPath=/dev/null", "update-ref", name, commit, old ?? new string('0', commit.Length)];
        var result = await git.TryAsync(set, environment: Nobody, cancel: cancel);
        return result.Succeeded ? null : GitRepository.Failed(set, result);
    }

    /// <summary>Moves refs to a commit and deletes the one that kept it, all or none. False: one of them is not where it was any more, or is locked.</summary>
    public static async Task<bool> TryMoveAsync(
        GitRepository git,
        IReadOnlyList<(string Name, string? Old)> refs,
        string commit,
        string kept,
        CancellationToken cancel
    )
    {
        var moves = refs.Select(move => $"update {move.Name} {commit} {move.Old ?? new string('0', commit.Length)}\n");
        string[] call = ["-c", "core.hooksPath=/dev/null", "update-ref", "--stdin"];
        return (await git.TryAsync(call, string.Concat(moves) + $"delete {kept} {commit}\n", Nobody, cancel: cancel)).Succeeded;
    }

    public static Task DeleteAsync(GitRepository git, string name) =>
        git.TryAsync(["-c", "core.hooksPath=/dev/null", "update-ref", "-d", name], environment: Nobody);
}
