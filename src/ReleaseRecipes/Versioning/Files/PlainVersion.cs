namespace ReleaseRecipes.Versioning.Files;

/// <summary>A file that holds nothing but the version, and perhaps a line end.</summary>
static class PlainVersion
{
    public static IReadOnlyList<Spot> Find(string text)
    {
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end > start ? [new Spot(start, end - start)] : [];
    }
}

/// <summary>A Helm chart: <c>version</c>, and <c>appVersion</c> where it goes along with it.</summary>
static class ChartVersion
{
    public static IReadOnlyList<Spot> Find(string text)
    {
        var spots = new List<Spot>();
        foreach (var (start, line) in TextLines.Of(text))
        {
            var key = line.StartsWith("version:", StringComparison.Ordinal) ? "version:" : "appVersion:";
            if (line.StartsWith(key, StringComparison.Ordinal) && TextLines.Value(line, key.Length) is { } value)
            {
                spots.Add(new Spot(start + value.Start, value.Length));
            }
        }

        var own = spots.Find(spot =>
            text[..spot.Start].TrimEnd('"', '\'', ' ').EndsWith("\nversion:", StringComparison.Ordinal) || spot.Start < 12
        );
        var version = own.Length > 0 ? text.Substring(own.Start, own.Length) : null;
        return
        [
            .. spots
                .Where(spot => spot == own || text.Substring(spot.Start, spot.Length) == version)
                .OrderByDescending(spot => spot == own),
        ];
    }
}

/// <summary>Any text in which a pattern with <c>{version}</c> stands.</summary>
static class PatternVersion
{
    public static IReadOnlyList<Spot> Find(string text, string pattern)
    {
        var at = pattern.IndexOf("{version}", StringComparison.Ordinal);
        var (before, after) = (pattern[..at], pattern[(at + "{version}".Length)..]);
        var spots = new List<Spot>();
        var from = 0;
        while ((at = text.IndexOf(before, from, StringComparison.Ordinal)) >= 0)
        {
            var start = at + before.Length;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or '+'))
            {
                end++;
            }

            if (end > start && text.AsSpan(end).StartsWith(after))
            {
                spots.Add(new Spot(start, end - start));
            }

            from = Math.Max(end, at + 1);
            if (from >= text.Length)
            {
                break;
            }
        }

        return spots;
    }
}
