using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>What git knows of the release to be made: everything that decides the next version, read at once.</summary>
public sealed record History
{
    /// <summary>The full hash of HEAD.</summary>
    public required string Head { get; init; }

    /// <summary>The branch that HEAD is on; null where none is known.</summary>
    public string? Branch { get; init; }

    /// <summary>Every tag that names a version, on whatever commit.</summary>
    public IReadOnlyList<VersionTag> Tags { get; init; } = [];

    /// <summary>
    /// The highest release among HEAD's strict ancestors, or the higher one that was made on a branch of its own from commits that HEAD
    /// has too; null before the first one.
    /// </summary>
    public VersionTag? Previous { get; init; }

    /// <summary>The version tags, pre-releases too, on HEAD and on those of its ancestors that were read.</summary>
    public IReadOnlyList<VersionTag> Reached { get; init; } = [];

    /// <summary>The commits that HEAD has and no release has, newest first; of a component, those that change its files.</summary>
    public IReadOnlyList<GitCommit> Commits { get; init; } = [];

    /// <summary>The same with the commits of other components, whose parents lead from one of <see cref="Commits"/> to the next.</summary>
    public IReadOnlyList<GitCommit> Range
    {
        get => field ?? Commits;
        private init;
    }

    /// <summary>
    /// The commits that HEAD has and its highest release lacks, but a release of another line has: a fix merged over from the line of an
    /// old version. New here, but announced before.
    /// </summary>
    public IReadOnlyList<GitCommit> Merged { get; init; } = [];

    /// <summary>The highest version that the strategy's files name; null where they name none.</summary>
    public ReleaseVersion? Source { get; init; }

    /// <summary>What contradicts itself.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The history of a part of the repository: only some of its commits count.</summary>
    internal History Only(Func<GitCommit, bool> counts) =>
        this with
        {
            Range = Commits,
            Commits = [.. Commits.Where(counts)],
            Merged = [.. Merged.Where(counts)],
        };
}
