namespace ReleaseRecipes.Versioning;

/// <summary>Finds which commits a message takes back.</summary>
static class RevertedCommits
{
    const string Sentence = "This reverts commit ";

    /// <summary>The message with what it takes back, where it does.</summary>
    public static ConventionalMessage Find(ConventionalMessage message, IReadOnlyList<string> lines)
    {
        var quoted = Quoted(message.Header, "Revert \"") ?? Quoted(message.Header, "Reapply \"");
        if (quoted is null && message.Type != "revert")
        {
            return message;
        }

        var hashes = lines.SelectMany(HashesOfSentence);
        if (message.Type == "revert")
        {
            hashes = hashes.Concat(
                message.Footers.Where(IsReference).SelectMany(footer => footer.Value.Split([' ', ',', '\n'])).Where(IsHash)
            );
        }

        return message with
        {
            Type = "revert",
            Description = quoted ?? message.Description,
            Reverts = [.. hashes.Distinct()],
            // What "Reapply" names is not the header that it takes back: that one began with "Revert".
            RevertedHeader = message.Header.StartsWith("Reapply", StringComparison.Ordinal)
                ? $"Revert \"{quoted}\""
                : quoted ?? message.Description,
        };
    }

    static IEnumerable<string> HashesOfSentence(string line)
    {
        var at = line.IndexOf(Sentence, StringComparison.Ordinal);
        if (at < 0)
        {
            yield break;
        }

        var rest = line[(at + Sentence.Length)..];
        var end = 0;
        while (end < rest.Length && char.IsAsciiHexDigit(rest[end]))
        {
            end++;
        }

        if (IsHash(rest[..end]))
        {
            yield return rest[..end].ToLowerInvariant();
        }
    }

    static string? Quoted(string header, string opening)
    {
        if (!header.StartsWith(opening, StringComparison.Ordinal))
        {
            return null;
        }

        var end = header.LastIndexOf('"');
        return end > opening.Length ? header[opening.Length..end] : header[opening.Length..];
    }

    static bool IsReference(Footer footer) => footer.Token.Equals("Refs", StringComparison.OrdinalIgnoreCase);

    static bool IsHash(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigit);
}
