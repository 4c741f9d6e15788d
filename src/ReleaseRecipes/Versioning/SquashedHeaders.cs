namespace ReleaseRecipes.Versioning;

/// <summary>Finds the headers of the commits that a squashed branch lists in its body, one an item: <c>* feat: gift cards</c>.</summary>
static class SquashedHeaders
{
    /// <summary>The conventional ones among the list items of the body.</summary>
    public static IReadOnlyList<ConventionalMessage> Find(IEnumerable<string> body)
    {
        List<ConventionalMessage>? found = null;
        var code = false;
        foreach (var line in body)
        {
            code ^= line.AsSpan().TrimStart().StartsWith("```");
            if (!code && (line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal)))
            {
                if (MessageHeader.Parse(line[2..].Trim()) is { } header)
                {
                    (found ??= []).Add(header);
                }
            }
        }

        return found ?? (IReadOnlyList<ConventionalMessage>)[];
    }
}
