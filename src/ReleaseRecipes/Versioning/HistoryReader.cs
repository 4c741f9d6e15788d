using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Reads what decides the next version, by three git processes, at the cost of the unreleased commits alone.</summary>
/// <param name="git">The repository.</param>
public sealed class HistoryReader(GitRepository git)
{
    /// <summary>Reads the history of HEAD.</summary>
    /// <param name="strategy">Whose tags count.</param>
    /// <param name="branch">The branch as the command line names it; found by itself where null.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ReleaseException">There is no commit yet, or the clone lacks commits that decide the version.</exception>
    public Task<History> ReadAsync(ReleaseStrategy strategy, string? branch = null, CancellationToken cancel = default) =>
        ReadAsync(strategy, branch, null, cancel);

    /// <summary>Reads the history of HEAD as far as it changes one folder.</summary>
    /// <param name="strategy">Whose tags count.</param>
    /// <param name="branch">The branch as the command line names it; found by itself where null.</param>
    /// <param name="path">The folder, relative to the root; null: everything.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ReleaseException">There is no commit yet, or the clone lacks commits that decide the version.</exception>
    public async Task<History> ReadAsync(ReleaseStrategy strategy, string? branch, string? path, CancellationToken cancel)
    {
        var refs = await GitRefs.ReadAsync(git, cancel);
        var head =
            refs.Head
            ?? throw new ReleaseException(
                "There is no commit yet, so there is nothing to release.",
                git.Root,
                "Commit something: git commit -m \"feat: first version\""
            );
        var name = await BranchName.OfAsync(git, branch, Environment.GetEnvironmentVariable, cancel);
        var tags = VersionTag.In(refs.Tags, strategy.Versioning.TagPrefix, VersionSchemes.Of(strategy.Versioning));
        var line = ReleaseLine.Of(name, strategy);
        var history = await Task.Run(() => Walk(head, name, tags, line, cancel), cancel);
        return path is null ? history : await WithinAsync(history, path, cancel);
    }

    History Walk(string head, string? branch, IReadOnlyList<VersionTag> tags, ReleaseLine line, CancellationToken cancel)
    {
        // On the line of an old version the releases of newer ones say nothing: they may have got its fixes first.
        var releases = tags.Where(tag => !tag.Version.IsPreRelease && tag.Commit != head && line.Holds(tag.Version))
            .OrderByDescending(tag => tag.Version)
            .ToList();
        var starts = LineEnds.Of(releases);
        var walk = new UnreleasedWalk(head, releases, starts);
        using var stream = CommitLog.Open(git, starts.Select(tag => tag.Commit).Prepend(head));
        while (stream.Read())
        {
            cancel.ThrowIfCancellationRequested();
            if (!walk.Take(stream))
            {
                break;
            }
        }

        var previous = Highest(walk.Highest, walk.ShippedElsewhere());
        var commits = walk.Unreleased.ToList();
        ShallowClone.Require(git, commits);
        return new History
        {
            Head = head,
            Branch = branch,
            Tags = tags,
            Previous = previous,
            Reached = [.. tags.Where(tag => walk.Reaches(tag.Commit))],
            Commits = commits,
            Merged = [.. walk.Merged],
        };
    }

    // One more process, over the same range: git compares the trees.
    async Task<History> WithinAsync(History history, string path, CancellationToken cancel)
    {
        string[] since = history.Previous is { } previous ? [$"^{previous.Commit}"] : [];
        string[] call = ["--literal-pathspecs", "rev-list", "--full-history", history.Head, .. since, "--", path];
        var result = await git.TryAsync(call, cancel: cancel);
        var touching = result.Succeeded
            ? result.Output.Split('\n').ToHashSet(StringComparer.Ordinal)
            : throw GitRepository.Failed(call, result);
        return history with
        {
            Commits = [.. history.Commits.Where(commit => touching.Contains(commit.Hash))],
            Merged = [.. history.Merged.Where(commit => touching.Contains(commit.Hash))],
        };
    }

    static VersionTag? Highest(VersionTag? ancestor, VersionTag? elsewhere) =>
        ancestor is null || elsewhere is null ? ancestor ?? elsewhere
        : elsewhere.Version > ancestor.Version ? elsewhere
        : ancestor;
}
