using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Approvals;

/// <summary>The main branch as a release cannot change it: as the remote has it, or, without a remote, as it is here.</summary>
/// <param name="Name">Its name for a reader: <c>origin/main</c>.</param>
/// <param name="Ref">Its full name.</param>
/// <param name="Strategy">The strategy there; null where it has none, or none that can be read.</param>
public sealed record BaseBranch(string Name, string Ref, ReleaseStrategy? Strategy)
{
    /// <summary>Why nobody knows whose approval is needed: the strategy there cannot be read; null where it can.</summary>
    public ReleaseException? Unreadable { get; init; }

    /// <summary>
    /// Finds it. Which branch is the main one is for the strategy on the remote's default branch to say where that is known: the file in the
    /// work tree belongs to what is being released.
    /// </summary>
    /// <param name="git">The repository.</param>
    /// <param name="strategy">The strategy of the work tree.</param>
    /// <param name="names">The names that the build registers.</param>
    /// <param name="refresh">Whether the remote is asked for the branch as it is now.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The branch; null where it is not here.</returns>
    public static async Task<BaseBranch?> FindAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        KnownNames names,
        bool refresh,
        CancellationToken cancel = default
    )
    {
        var main = strategy.Branching.MainBranch;
        var remote = await Remotes.DefaultAsync(git);
        if (remote is not null)
        {
            var tracked = $"refs/remotes/{remote}/";
            if (refresh)
            {
                await FetchAsync(git, remote, main, cancel);
            }

            var head = await OpenAsync(remote, tracked + "HEAD");
            main = head?.Strategy?.Branching.MainBranch ?? main;
            if (head?.Unreadable is not null)
            {
                return head;
            }

            if (await OpenAsync($"{remote}/{main}", tracked + main) is { } there)
            {
                return there;
            }
        }

        return await OpenAsync(main, "refs/heads/" + main);

        async Task<BaseBranch?> OpenAsync(string name, string full) =>
            await git.TipAsync(full, cancel) is null
                ? null
                : await new BaseBranch(name, full, null).WithStrategyAsync(git, strategy.Path, names, cancel);
    }

    /// <summary>A file as the branch has it; null where it has none.</summary>
    public async Task<string?> FileAsync(GitRepository git, string path, CancellationToken cancel = default)
    {
        var file = await git.TryAsync(["cat-file", "blob", $"{Ref}:{path.Replace('\\', '/')}"], cancel: cancel);
        return file.Succeeded ? file.Output : null;
    }

    // A remote that does not answer stops the release where it is pushed to; here, what was seen last has to do.
    static async Task FetchAsync(GitRepository git, string remote, string main, CancellationToken cancel)
    {
        if (await git.TipAsync($"refs/remotes/{remote}/HEAD", cancel) is null)
        {
            await git.TryAsync(["remote", "set-head", remote, "--auto"], cancel: cancel);
        }

        await git.TryAsync(
            ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, $"+refs/heads/{main}:refs/remotes/{remote}/{main}"],
            cancel: cancel
        );
    }

    async Task<BaseBranch> WithStrategyAsync(GitRepository git, string? file, KnownNames names, CancellationToken cancel)
    {
        var path = StrategyFile.InRepository(file, git.Root);
        try
        {
            return await FileAsync(git, path, cancel) is { } text
                ? this with
                {
                    Strategy = StrategyFile.Read(text, $"{Name}:{path}", names),
                }
                : this;
        }
        catch (ReleaseException problem)
        {
            return this with
            {
                Unreadable = new ReleaseException(
                    $"Who must approve is for {Name} to say, and its strategy cannot be read.",
                    problem.Message,
                    $"Mend {path} on {Name} first: what a release brings along does not decide about its own approval.",
                    ExitCodes.WrongInput,
                    problem
                ),
            };
        }
    }
}
