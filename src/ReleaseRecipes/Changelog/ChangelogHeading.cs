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

        var rest = line[level..].TrimStart(" [*v");
        var length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '.' or '-'))
        {
            length++;
        }

        var version = rest[..length];
        return length > 0 && char.IsAsciiDigit(version[0]) && version.Contains('.') ? version.ToString() : null;
    }
}
