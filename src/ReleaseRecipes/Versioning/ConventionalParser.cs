namespace ReleaseRecipes.Versioning;

/// <summary>Reads whole commit messages by Conventional Commits 1.0.0, in time that grows with their length only.</summary>
public static class ConventionalParser
{
    /// <summary>Reads a message. Never fails: what does not follow the convention is kept as header, description and body.</summary>
    /// <param name="message">The message, with any kind of line ends.</param>
    /// <param name="strictFooter">Whether only the specification's letter counts as a breaking footer.</param>
    public static ConventionalMessage Parse(string message, bool strictFooter = false)
    {
        var lines = message.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0)
        {
            return new ConventionalMessage();
        }

        var header = lines[first].Trim();
        var parsed = MessageHeader.Parse(header) ?? new ConventionalMessage { Header = header, Description = header };
        var rest = new ArraySegment<string>(lines, first + 1, lines.Length - first - 1);
        if (rest.Count == 0)
        {
            return RevertedCommits.Find(parsed, rest);
        }

        var footers = MessageFooters.Start(rest);
        return RevertedCommits.Find(
            parsed with
            {
                Body = string.Join('\n', lines, first + 1, footers).Trim(),
                Footers = MessageFooters.Parse(rest[footers..]),
                BreakingNotes = BreakingFooters.Find(rest, strictFooter),
                Listed = SquashedHeaders.Find(rest),
            },
            rest
        );
    }
}
