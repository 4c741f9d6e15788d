using ReleaseRecipes.Components;
using ReleaseRecipes.Git;

namespace ReleaseRecipes.Versioning;

/// <summary>The next version and why it is that one.</summary>
public sealed record VersionDecision
{
    /// <summary>The version without build metadata, such as <c>1.4.0</c> or <c>1.4.0-rc.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The version with <c>+sha</c>, where the strategy wants build metadata.</summary>
    public required string FullVersion { get; init; }

    /// <summary>The tag of the version.</summary>
    public required string Tag { get; init; }

    /// <summary>The version before; null where this is the first.</summary>
    public string? Previous { get; init; }

    /// <summary>The tag of the version before.</summary>
    public string? PreviousTag { get; init; }

    /// <summary><c>major</c>, <c>minor</c>, <c>patch</c>, <c>prerelease</c> or <c>none</c>.</summary>
    public required string Bump { get; init; }

    /// <summary>One sentence that says why, naming the commit that decided: <c>abc1234 feat(cart): gift cards</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The full hash of the commit that decided; null where none did.</summary>
    public string? DecidingCommit { get; init; }

    /// <summary>The full hash of the commit that is released.</summary>
    public required string Commit { get; init; }

    /// <summary>The branch that is released; null where none is known.</summary>
    public string? Branch { get; init; }

    /// <summary>The commits since the version before, newest first; those that a revert took back are left out.</summary>
    public IReadOnlyList<ReleaseCommit> Commits { get; init; } = [];

    /// <summary>The commits since the version before that count for nothing because a later one took them back, and those later ones.</summary>
    public IReadOnlyList<ReleaseCommit> TakenBack { get; init; } = [];

    /// <summary>Whether there is nothing to release: <see cref="Version"/> is then the last release.</summary>
    public bool Nothing { get; init; }

    /// <summary>What the reader should know and the release goes on with all the same.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// What becomes of each component, those that others depend on first; empty where the repository is released as one. The release then
    /// has a name in place of a version, and <see cref="Tag"/> holds the tags of those that are released, with a space between.
    /// </summary>
    public IReadOnlyList<ComponentVersion> Components { get; init; } = [];

    /// <summary>The commits since the components' last releases that belong to none of them, newest first.</summary>
    public IReadOnlyList<GitCommit> Outside { get; init; } = [];
}
