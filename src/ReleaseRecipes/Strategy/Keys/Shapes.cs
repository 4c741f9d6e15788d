using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

/// <summary>The kinds of value that several keys share.</summary>
static class Shapes
{
    public static Shape<bool> Flag { get; } = new FlagShape();

    public static Shape<TimeSpan> Duration { get; } = new DurationShape();

    public static Shape<TimeSpan> DurationOrNone { get; } = new DurationShape(zero: true);

    public static Shape<string> Threshold { get; } = new ThresholdShape();

    public static Shape<string> Text { get; } = new TextShape("text");

    public static Shape<string> Command { get; } = new TextShape("a command, as you would type it", lines: true);

    public static Shape<string> Query { get; } = new TextShape("a query", lines: true);

    /// <summary>A name that a program takes as an argument and never for an option.</summary>
    public static Shape<string> NoOption { get; } = new TextShape("a name that does not begin with '-'", text => text[0] != '-', "^[^-]");

    public static Shape<IReadOnlyList<string>> Texts { get; } = new ListShape<string>(Text);

    public static Shape<int?> Port { get; } = new MaybeShape<int>(new WholeShape(1, 65535));

    public static Shape<string> Path { get; } =
        new TextShape("a path inside the repository, relative to its top folder, with /", IsInside, "^[^/\\\\].*$");

    public static Shape<IReadOnlyList<string>> Globs { get; } =
        new ListShape<string>(new TextShape("a path or pattern inside the repository, such as dist/**", IsInside, "^[^/\\\\].*$"));

    public static Shape<string> Url { get; } =
        new TextShape("an address that begins with http:// or https://, without a user in it", IsUrl, "^https?://");

    public static Shape<string> BranchName { get; } =
        new TextShape("the name of a branch", text => IsRef(text) && !text.EndsWith('/'), "^[A-Za-z0-9._/@+-]+$");

    public static Shape<string> BranchPrefix { get; } =
        new TextShape("the beginning of a branch's name, such as feature/", IsRef, "^[A-Za-z0-9._/@+-]+$");

    /// <summary>Where a secret is found. A wrong value may be the secret itself, and is not shown.</summary>
    public static Shape<string> Variable { get; } =
        new TextShape("the name of an environment variable, such as DEPLOY_TOKEN", IsVariable, "^[A-Za-z_][A-Za-z0-9_]*$", secret: true);

    public static Shape<int> Whole(int least, int most, string? unit = null) => new WholeShape(least, most, unit);

    public static Shape<IReadOnlyList<T>> List<T>(Shape<T> item) => new ListShape<T>(item);

    public static Shape<string> Name(Func<KnownNames, IReadOnlyList<string>> names) => new NameShape(names);

    public static Shape<string> Words(params string[] words) => new NameShape(_ => words);

    /// <summary>A name that becomes part of paths, refs and file names.</summary>
    public static bool IsSimpleName(string text) =>
        text.Length is > 0 and <= 40
        && char.IsAsciiLetter(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public static bool IsVariable(string text) =>
        text.Length is > 0 and <= 200
        && !char.IsAsciiDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    /// <summary>What git takes as part of a ref's name and no program takes for an option.</summary>
    public static bool IsRef(string text) =>
        text.Length <= 200
        && text[0] is not ('-' or '/' or '.')
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '/' or '@' or '+' or '-')
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("//", StringComparison.Ordinal)
        && !text.Contains("/.", StringComparison.Ordinal)
        && !text.EndsWith('.')
        && !text.EndsWith(".lock", StringComparison.Ordinal)
        && text != "@";

    static bool IsInside(string text) =>
        text[0] is not ('/' or '\\' or '~' or '-')
        && !(text.Length > 1 && text[1] == ':')
        && !text.Split('/', '\\').Contains("..")
        && !text.Contains('\n', StringComparison.Ordinal);

    static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
}
