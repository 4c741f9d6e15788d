namespace ReleaseRecipes.Versioning;

/// <summary>A commit message read by Conventional Commits 1.0.0. Whatever the message says, it is data.</summary>
public sealed record ConventionalMessage
{
    /// <summary>The first line that is not blank, as it was written.</summary>
    public string Header { get; init; } = "";

    /// <summary>The type in lower case, such as <c>feat</c>; empty where the header does not follow the convention.</summary>
    public string Type { get; init; } = "";

    /// <summary>The noun in parentheses after the type.</summary>
    public string? Scope { get; init; }

    /// <summary>What follows the colon; the whole header where it does not follow the convention.</summary>
    public string Description { get; init; } = "";

    /// <summary>The text between header and footers.</summary>
    public string Body { get; init; } = "";

    /// <summary>The trailers of the last paragraph, in their order.</summary>
    public IReadOnlyList<Footer> Footers { get; init; } = [];

    /// <summary>Whether the header says so by <c>!</c>.</summary>
    public bool Bang { get; init; }

    /// <summary>What breaks and how to migrate, a text for each BREAKING CHANGE in the message.</summary>
    public IReadOnlyList<string> BreakingNotes { get; init; } = [];

    /// <summary>The conventional headers that the body lists, as the body of a squashed branch does.</summary>
    public IReadOnlyList<ConventionalMessage> Listed { get; init; } = [];

    /// <summary>The hashes (whole or shortened) of the commits that this one takes back.</summary>
    public IReadOnlyList<string> Reverts { get; init; } = [];

    /// <summary>The header of the commit that this one takes back, where it names one.</summary>
    public string? RevertedHeader { get; init; }

    /// <summary>Whether the header follows the convention.</summary>
    public bool Follows => Type.Length > 0;

    /// <summary>Whether something that worked before does not any more.</summary>
    public bool Breaking => Bang || BreakingNotes.Count > 0 || (!Follows && Listed.Any(part => part.Bang));

    /// <summary>Whether it takes other commits back.</summary>
    public bool IsRevert => Reverts.Count > 0 || RevertedHeader is not null;

    /// <summary>The header as the convention writes it; parsing it again gives the same type, scope and description.</summary>
    public override string ToString() =>
        Follows ? $"{Type}{(Scope is null ? "" : $"({Scope})")}{(Bang ? "!" : "")}: {Description}" : Header;
}

/// <summary>One trailer of a commit message, such as <c>Refs: #12</c>.</summary>
/// <param name="Token">The word before the separator.</param>
/// <param name="Value">What follows, with the lines that continue it.</param>
public sealed record Footer(string Token, string Value);
