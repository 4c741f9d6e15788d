namespace ReleaseRecipes.Strategy;

/// <summary>What becomes of a commit that does not follow Conventional Commits.</summary>
public enum UnparsedCommits
{
    /// <summary>Listed under Other Changes.</summary>
    Include,

    /// <summary>Listed, and a warning names it.</summary>
    Warn,

    /// <summary>The release fails.</summary>
    Fail,
}

/// <summary>How the changelog is written.</summary>
public sealed record ChangelogSettings
{
    /// <summary>The file that is kept, relative to the root; null: none is kept, release notes are made all the same.</summary>
    public string? File { get; init; }
    public UnparsedCommits UnparsedCommits { get; init; } = UnparsedCommits.Include;

    /// <summary><c>emoji</c> (the categories of the default), <c>keep_a_changelog</c> or <c>plain</c>, or a style that the build registers.</summary>
    public string Style { get; init; } = "emoji";

    /// <summary>Whether the notes end with who took part, first-timers marked.</summary>
    public bool Contributors { get; init; } = true;

    /// <summary>A Handlebars template for one release, relative to the root.</summary>
    public string? Template { get; init; }
}
