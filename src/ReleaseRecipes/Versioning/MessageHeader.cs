namespace ReleaseRecipes.Versioning;

/// <summary>Reads one header: <c>type(scope)!: description</c>. One pass, no regular expression, so no text makes it slow.</summary>
static class MessageHeader
{
    /// <summary>The parts of the header. Null: it does not follow the convention.</summary>
    public static ConventionalMessage? Parse(string line)
    {
        var end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '_' or '-'))
        {
            end++;
        }

        if (end is 0 or > 50 || line[0] == '-')
        {
            return null;
        }

        var rest = line.AsSpan(end);
        string? scope = null;
        if (rest.StartsWith("("))
        {
            var close = ScopeEnd(rest);
            if (close < 0)
            {
                return null;
            }

            scope = rest[1..close].Trim().ToString();
            rest = rest[(close + 1)..];
        }

        var bang = rest.StartsWith("!");
        rest = bang ? rest[1..] : rest;
        if (!rest.StartsWith(": "))
        {
            return null;
        }

        var description = rest[2..].Trim();
        return description.IsEmpty
            ? null
            : new ConventionalMessage
            {
                Header = line,
                Type = line[..end].ToLowerInvariant(),
                Scope = scope is "" ? null : scope,
                Bang = bang,
                Description = description.ToString(),
            };
    }

    // The first parenthesis that a description can follow: a scope may hold parentheses of its own.
    static int ScopeEnd(ReadOnlySpan<char> rest)
    {
        for (var index = 1; index < rest.Length; index++)
        {
            if (rest[index] == ')' && (rest[(index + 1)..].StartsWith(": ") || rest[(index + 1)..].StartsWith("!: ")))
            {
                return index;
            }
        }

        return -1;
    }
}
