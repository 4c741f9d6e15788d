namespace ReleaseRecipes.Changelog;

/// <summary>Recognises the headings of versions, in whatever style the file's people write them.</summary>
static class ChangelogHeading
{
    /// <summary>The version in the first line of a text, such as <c>1.4.0</c> in <c>## [v1.4.0](…) (2026-01-05)</c>. Null: it is no such heading.</summary>
    public static string? VersionOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? text : text[..end]).AsSpan().Trim();
        var level = 0;
        while (level < line.Length && line[level] == '#')
        {
            level++;
        }

        if (level is 0 or > 3 || level == line.Length || line[level] != ' ')
        {
            return null;
        }

        return VersionIn(line[level..]);
    }

    /// <summary>The version in a line that is a heading by the line below it, as in <c>1.4.0 / 2026-01-05</c> above <c>=====</c>. Null: it is no such heading.</summary>
    public static string? VersionOf(string line, string underline)
    {
        var below = underline.AsSpan().TrimEnd();
        return below.Length > 2 && (below.TrimStart('=').IsEmpty || below.TrimStart('-').IsEmpty) ? VersionIn(line) : null;
    }

    static string? VersionIn(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart(" [*v");
        var length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '.' or '-'))
        {
            length++;
        }

        var version = rest[..length];
        return length > 0 && char.IsAsciiDigit(version[0]) && version.Contains('.') ? version.ToString() : null;
    }
}
