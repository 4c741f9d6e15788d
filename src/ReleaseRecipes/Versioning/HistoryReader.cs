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
    public async Task<History> ReadAsync(ReleaseStrategy strategy, string? branch = null, CancellationToken cancel = default)
    {
        var refs = await GitRefs.ReadAsync(git, cancel);
        return await ReadAsync(strategy, refs, await BranchName.OfAsync(git, branch, Environment.GetEnvironmentVariable, cancel), cancel);
    }

    /// <summary>Reads the history of HEAD where its refs and its branch were read before.</summary>
    /// <exception cref="ReleaseException">There is no commit yet, or the clone lacks commits that decide the version.</exception>
    internal async Task<History> ReadAsync(ReleaseStrategy strategy, GitRefs refs, string? branch, CancellationToken cancel)
    {
        var head =
            refs.Head
            ?? throw new ReleaseException(
                "There is no commit yet, so there is nothing to release.",
                git.Root,
                "Commit something: git commit -m \"feat: first version\""
            );
        await ShallowClone.RequireTagsAsync(git, refs.Tags, cancel);
        var tags = VersionTag.In(refs.Tags, strategy.Versioning.TagPrefix, VersionSchemes.Of(strategy.Versioning));
        return await Task.Run(() => Walk(head, branch, tags, ReleaseLine.Of(branch, strategy), cancel), cancel);
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

        if (walk.Late.ToList() is { Count: > 0 } late)
        {
            using var missed = CommitLog.Open(git, late, "--no-walk=unsorted");
            while (missed.Read())
            {
                walk.Complete(missed);
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

    static VersionTag? Highest(VersionTag? ancestor, VersionTag? elsewhere) =>
        ancestor is null || elsewhere is null ? ancestor ?? elsewhere
        : elsewhere.Version > ancestor.Version ? elsewhere
        : ancestor;
}
