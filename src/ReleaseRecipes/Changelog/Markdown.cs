using System.Text;

namespace ReleaseRecipes.Changelog;

/// <summary>Makes text from commits harmless in Markdown and in the HTML that comes of it.</summary>
public static class Markdown
{
    // Not shown, but it keeps @name from being a mention and #12 from closing an issue elsewhere.
    const char Joiner = '\u2060';

    /// <summary>
    /// One line that shows as the text itself: no HTML, no link, no heading, no mention, no control character.
    /// Code in backticks stays code.
    /// </summary>
    public static string Line(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        var code = false;
        var left = CountOf(text, '`');
        var previous = ' ';
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '`')
            {
                // An odd backtick at the end opens nothing.
                left--;
                var opens = !code && left > 0;
                safe.Append(opens || code ? "`" : "\\`");
                code = opens;
            }
            else
            {
                Append(safe, rune, code, previous);
            }

            previous = rune.IsBmp ? (char)rune.Value : 'x';
        }

        return safe.ToString().Trim();
    }

    /// <summary>Several lines, each made harmless, blank ones kept.</summary>
    public static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(Line);

    static void Append(StringBuilder safe, Rune rune, bool code, char previous)
    {
        switch (rune.Value)
        {
            case '<' when !code:
                safe.Append("&lt;");
                break;
            case '>' when !code:
                safe.Append("&gt;");
                break;
            case '&' when !code:
                safe.Append("&amp;");
                break;
            case '[' or ']' or '*' or '\\' or '|' or '~' when !code:
                safe.Append('\\').Append((char)rune.Value);
                break;
            // Inside words an underscore is an underscore anyway; around them it would be emphasis.
            case '_' when !code && !char.IsAsciiLetterOrDigit(previous):
                safe.Append("\\_");
                break;
            case '@' when !code:
                safe.Append('@').Append(Joiner);
                break;
            case '\t' or '\r' or '\n':
                safe.Append(' ');
                break;
            default:
                if (IsShown(rune.Value))
                {
                    safe.Append(rune.ToString());
                }

                break;
        }
    }

    static bool IsShown(int rune) =>
        rune >= 0x20
        && rune
            is not (>= 0x7F and <= 0x9F)
                and not (>= 0x202A and <= 0x202E)
                and not (>= 0x2066 and <= 0x2069)
                and not (>= 0x200E and <= 0x200F)
                and not 0x2028
                and not 0x2029
                and not 0xFEFF;

    static int CountOf(string text, char wanted)
    {
        var count = 0;
        foreach (var character in text)
        {
            count += character == wanted ? 1 : 0;
        }

        return count;
    }
}
