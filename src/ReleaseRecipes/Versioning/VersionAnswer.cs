namespace ReleaseRecipes.Versioning;

/// <summary>The answer to a question for the next version, before it is put into words and tags.</summary>
sealed record VersionAnswer(ReleaseVersion Version, Bump Bump, string Reason)
{
    public VersionTag? Previous { get; init; }
    public ReleaseCommit? Deciding { get; init; }
    public IReadOnlyList<ReleaseCommit> Commits { get; init; } = [];
    public bool Nothing { get; init; }

    /// <summary>The tag, where it is there already.</summary>
    public string? Tag { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
