using System.Text;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Reads no more of a message than its list item needs: most bodies are never decoded.</summary>
static class QuickMessage
{
    /// <summary>The message as the full parser reads it, without body and footers where nothing in them matters for a changelog.</summary>
    public static ConventionalMessage Parse(ReadOnlySpan<byte> message, bool strictFooter)
    {
        var text = message.TrimStart("\r\n\t "u8);
        var end = text.IndexOf((byte)'\n');
        var header = Encoding.UTF8.GetString((end < 0 ? text : text[..end]).Trim("\r\t "u8));
        var body = end < 0 ? [] : text[(end + 1)..];
        var parsed = MessageHeader.Parse(header);
        return Matters(parsed, header, body)
            ? ConventionalParser.Parse(Encoding.UTF8.GetString(message), strictFooter)
            : parsed ?? new ConventionalMessage { Header = header, Description = header };
    }

    static bool Matters(ConventionalMessage? header, string text, ReadOnlySpan<byte> body) =>
        header?.Type == "revert"
        || text.StartsWith("Re", StringComparison.Ordinal)
        || (!body.IsEmpty && (MentionsBreaking(body) || (header is null && (body.IndexOf("* "u8) >= 0 || body.IndexOf("- "u8) >= 0))));

    // Any mixture of cases: the letter that is least common decides where to look closer.
    static bool MentionsBreaking(ReadOnlySpan<byte> body)
    {
        for (int at; (at = body.IndexOfAny((byte)'K', (byte)'k')) >= 0; body = body[(at + 1)..])
        {
            if (at >= 4 && body.Length >= at + 4 && Ascii.EqualsIgnoreCase(body.Slice(at - 4, 8), "BREAKING"u8))
            {
                return true;
            }
        }

        return false;
    }
}
