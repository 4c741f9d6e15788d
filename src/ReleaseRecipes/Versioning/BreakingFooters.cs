using System.Text;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Finds breaking notes. The specification wants <c>BREAKING CHANGE: </c> in upper case as a footer; on real histories a little more
/// is right more often: any case, indented or as a list item, anywhere in the body, the colon also at the line's end, or alone and
/// stressed on their line (<c>*** BREAKING CHANGE ***</c>). Prose that merely begins a line with the words has no colon and does not
/// count, nor do quotes, code and headings: those come with the release notes of dependencies, in the bodies of their updates.
/// </summary>
static class BreakingFooters
{
    const int LongestNote = 4000;

    /// <summary>The text of every breaking note in the lines after the header.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> lines, bool strict)
    {
        List<string>? notes = null;
        var code = false;
        for (var index = 0; index < lines.Count; index++)
        {
            code ^= lines[index].AsSpan().TrimStart().StartsWith("```");
            if (!code && Match(lines[index], strict) is { } text)
            {
                (notes ??= []).Add(Note(lines, index, text));
            }
        }

        return notes ?? (IReadOnlyList<string>)[];
    }

    /// <summary>What follows the colon of a breaking footer. Null: the line is none.</summary>
    public static string? Match(string line, bool strict)
    {
        var text = line.AsSpan();
        if (!strict)
        {
            if (IsStressed(text))
            {
                return "";
            }

            text = text.TrimStart();
            text = text.StartsWith("* ") || text.StartsWith("- ") ? text[2..].TrimStart() : text;
        }

        var comparison = strict ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (!text.StartsWith("BREAKING CHANGE", comparison) && !text.StartsWith("BREAKING-CHANGE", comparison))
        {
            return null;
        }

        text = text["BREAKING CHANGE".Length..];
        var separated = text.StartsWith(": ") || (strict ? text.StartsWith(" #") : text is ":");
        return separated ? text[1..].Trim().ToString() : null;
    }

    static bool IsStressed(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.StartsWith("**") && line.EndsWith("**") && line.Trim("* ") is "BREAKING CHANGE";
    }

    // A note goes on until the next footer, as the specification says; in a squashed body until the next commit of the list.
    static string Note(IReadOnlyList<string> lines, int at, string first)
    {
        var note = new StringBuilder(first);
        for (var index = at + 1; index < lines.Count && note.Length < LongestNote; index++)
        {
            var line = lines[index];
            if (
                MessageFooters.Split(line) is not null
                || Match(line, strict: false) is not null
                || line.StartsWith("---", StringComparison.Ordinal)
                || (line.StartsWith("* ", StringComparison.Ordinal) && MessageHeader.Parse(line[2..]) is not null)
            )
            {
                break;
            }

            note.Append('\n').Append(line.TrimEnd());
        }

        return note.ToString(0, Math.Min(note.Length, LongestNote)).Trim();
    }
}
