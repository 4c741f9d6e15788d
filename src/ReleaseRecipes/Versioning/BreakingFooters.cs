using System.Text;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Finds breaking notes. The specification wants <c>BREAKING CHANGE: </c> in upper case as a footer; on real histories a little more
/// is right more often: any case, indented or as a list item, anywhere in the body, the colon also at the line's end, or alone on
/// their line as a heading (<c>*** BREAKING CHANGE ***</c>). Prose that merely begins a line with the words has no colon and does
/// not count, nor do quotes, code, and a form's heading that is answered with "none".
/// </summary>
static class BreakingFooters
{
    const int LongestNote = 4000;
    const string Decoration = "*#_=- ";
    static readonly string[] Denials = ["no", "none", "n/a", "na", "-"];

    /// <summary>The text of every breaking note in the lines after the header.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> lines, bool strict)
    {
        List<string>? notes = null;
        var code = false;
        for (var index = 0; index < lines.Count; index++)
        {
            code ^= lines[index].AsSpan().TrimStart().StartsWith("```");
            if (code)
            {
                continue;
            }

            if (Match(lines[index], strict) is { } text)
            {
                (notes ??= []).Add(Note(lines, index, text));
            }
            else if (!strict && IsHeading(lines[index]) && Note(lines, index, "") is var note && !IsDenied(note))
            {
                (notes ??= []).Add(note);
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

    // Upper case and some decoration: without either it may be the end of a wrapped sentence.
    static bool IsHeading(string line)
    {
        var trimmed = line.AsSpan().Trim();
        var words = trimmed.Trim(Decoration);
        return words.Length < trimmed.Length && (words is "BREAKING CHANGE" or "BREAKING CHANGES");
    }

    static bool IsDenied(string note)
    {
        var answer = note.Split('\n')[0].Trim().TrimEnd('.', '!');
        return Denials.Contains(answer, StringComparer.OrdinalIgnoreCase);
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
