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
        return await Task.Run(() => Walk(head, name, tags, line, cancel), cancel);
    }

    History Walk(string head, string? branch, IReadOnlyList<VersionTag> tags, ReleaseLine line, CancellationToken cancel)
    {
        // On the line of an old version the releases of newer ones say nothing: they may have got its fixes first.
        var releases = tags.Where(tag => !tag.Version.IsPreRelease && tag.Commit != head && line.Holds(tag.Version))
            .OrderByDescending(tag => tag.Version)
            .ToList();
        var walk = new UnreleasedWalk(head, releases);
        using var stream = CommitLog.Open(git, releases.Select(tag => tag.Commit).Prepend(head));
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

    static VersionTag? Highest(VersionTag? ancestor, VersionTag? elsewhere) =>
        ancestor is null || elsewhere is null ? ancestor ?? elsewhere
        : elsewhere.Version > ancestor.Version ? elsewhere
        : ancestor;
}
