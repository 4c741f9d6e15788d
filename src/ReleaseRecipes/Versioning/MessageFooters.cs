namespace ReleaseRecipes.Versioning;

/// <summary>Finds the footers of a message: the last paragraphs that begin with a git trailer.</summary>
static class MessageFooters
{
    /// <summary>The index of the first line of the footers; the number of lines where there are none.</summary>
    public static int Start(IReadOnlyList<string> lines)
    {
        var start = lines.Count;
        var index = lines.Count - 1;
        while (index >= 0)
        {
            while (index >= 0 && string.IsNullOrWhiteSpace(lines[index]))
            {
                index--;
            }

            var end = index;
            while (index >= 0 && !string.IsNullOrWhiteSpace(lines[index]))
            {
                index--;
            }

            // A footer stands after a blank line; the header's own paragraph holds none.
            if (end < 0 || index < 0 || Split(lines[index + 1]) is null)
            {
                break;
            }

            start = index + 1;
        }

        return start;
    }

    /// <summary>The footers in the lines; lines that begin with no token go on with the one before.</summary>
    public static IReadOnlyList<Footer> Parse(IReadOnlyList<string> lines)
    {
        var footers = new List<Footer>();
        foreach (var line in lines)
        {
            if (Split(line) is { } footer)
            {
                footers.Add(footer);
            }
            else if (footers.Count > 0 && !string.IsNullOrWhiteSpace(line))
            {
                footers[^1] = footers[^1] with { Value = $"{footers[^1].Value}\n{line.Trim()}" };
            }
        }

        return footers;
    }

    /// <summary>One line as a footer. Null: it begins with no token and separator.</summary>
    public static Footer? Split(string line)
    {
        const string Breaking = "BREAKING CHANGE";
        var end = line.StartsWith(Breaking, StringComparison.Ordinal) ? Breaking.Length : 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '-'))
        {
            end++;
        }

        var rest = line.AsSpan(end);
        if (end is 0 or > 50 || !(rest.StartsWith(": ") || rest.StartsWith(" #")))
        {
            return null;
        }

        // "Closes #12" keeps its number sign, which belongs to the value.
        return new Footer(line[..end], rest[1..].Trim().ToString());
    }
}
