using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>A way to lay out release notes, chosen in the strategy file by <c>changelog: style:</c>.</summary>
public interface INotesStyle
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>The titles of its groups, in the order in which they are printed.</summary>
    IReadOnlyList<string> Groups { get; }

    /// <summary>The title of the group of breaking changes, which comes first.</summary>
    string Breaking { get; }

    /// <summary>The index in <see cref="Groups"/> where a commit belongs.</summary>
    int GroupOf(ConventionalMessage message);

    /// <summary>The heading of a version, without number signs.</summary>
    /// <param name="version">The version.</param>
    /// <param name="link">Where it can be compared with the one before; null where that is unknown.</param>
    /// <param name="date">The day of the release; null for what is not released yet.</param>
    string Heading(string version, string? link, DateOnly? date);
}

/// <summary>The styles that are there without a build's doing.</summary>
public static class NotesStyles
{
    /// <summary>All of them; the first is the default.</summary>
    public static IReadOnlyList<INotesStyle> All { get; } = [new EmojiStyle(), new KeepAChangelogStyle(), new PlainStyle()];

    /// <summary>The style of a name.</summary>
    /// <exception cref="ReleaseException">There is none of that name.</exception>
    public static INotesStyle Of(string name, IEnumerable<INotesStyle>? more = null) =>
        All.Concat(more ?? []).LastOrDefault(style => style.Name == name)
        ?? throw new ReleaseException(
            $"There is no changelog style '{name}'.",
            "changelog.style",
            $"Write one of {string.Join(", ", All.Select(style => style.Name))}.",
            ExitCodes.WrongInput
        );

    /// <summary>A version with its day in parentheses, linked where it can be.</summary>
    internal static string Titled(string version, string? link, DateOnly? date) =>
        $"{(link is null ? version : $"[{version}]({link})")}{(date is { } day ? $" ({day:yyyy-MM-dd})" : "")}";
}

/// <summary>Seven categories, each with an emoji.</summary>
public sealed class EmojiStyle : INotesStyle
{
    public string Name => "emoji";

    public IReadOnlyList<string> Groups { get; } = [.. Categories.All.Select(category => category.Emoji())];

    public string Breaking => "⚠️ BREAKING CHANGES";

    public int GroupOf(ConventionalMessage message) => (int)Categories.Of(message);

    public string Heading(string version, string? link, DateOnly? date) => NotesStyles.Titled(version, link, date);
}

/// <summary>The same categories in plain words.</summary>
public sealed class PlainStyle : INotesStyle
{
    public string Name => "plain";

    public IReadOnlyList<string> Groups { get; } =
    ["Features", "Bug Fixes", "Documentation", "Tests", "Refactoring", "Performance", "Other Changes"];

    public string Breaking => "Breaking Changes";

    public int GroupOf(ConventionalMessage message) => (int)Categories.Of(message);

    public string Heading(string version, string? link, DateOnly? date) => NotesStyles.Titled(version, link, date);
}

/// <summary>The sections of https://keepachangelog.com/en/1.1.0/.</summary>
public sealed class KeepAChangelogStyle : INotesStyle
{
    public string Name => "keep_a_changelog";

    public IReadOnlyList<string> Groups { get; } = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    public string Breaking => "Breaking";

    public int GroupOf(ConventionalMessage message) =>
        message switch
        {
            { Scope: "security" } or { Type: "security" } => 5,
            { Type: "fix" } => 4,
            { Type: "revert" or "remove" } => 3,
            { Type: "deprecate" } => 2,
            { Type: "feat" } => 0,
            _ => Categories.Of(message) == Category.Features ? 0 : 1,
        };

    public string Heading(string version, string? link, DateOnly? date) =>
        $"{(link is null ? $"[{version}]" : $"[{version}]({link})")}{(date is { } day ? $" - {day:yyyy-MM-dd}" : "")}";
}
