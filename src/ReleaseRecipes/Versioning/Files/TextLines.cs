namespace ReleaseRecipes.Versioning.Files;

/// <summary>The lines of a text with their places in it.</summary>
static class TextLines
{
    /// <summary>Every line without its end, and where it begins.</summary>
    public static IEnumerable<(int Start, string Line)> Of(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return (start, text[start..end].TrimEnd('\r'));
            start = end + 1;
        }
    }

    /// <summary>The place of a value on its line: in quotes, or up to a blank or comment. Null: there is none.</summary>
    public static Spot? Value(string line, int from)
    {
        while (from < line.Length && line[from] is ' ' or '\t' or '=')
        {
            from++;
        }

        if (from >= line.Length || line[from] == '#')
        {
            return null;
        }

        var quote = line[from] is '"' or '\'' ? line[from] : '\0';
        var start = quote == '\0' ? from : from + 1;
        var end = quote == '\0' ? line.AsSpan(start).IndexOfAny(" \t#") : line.AsSpan(start).IndexOf(quote);
        end = end < 0 ? (quote == '\0' ? line.Length - start : 0) : end;
        return end > 0 ? new Spot(start, end) : null;
    }
}
