using System.Buffers;
using System.Text;

namespace ReleaseRecipes.Output;

/// <summary>Finds where a program broke a text into lines of its own.</summary>
static class LineBreaks
{
    /// <summary>The shortest line that anything is broken at.</summary>
    const int ShortestLine = 16;

    /// <summary>What encoded values consist of; what people write ends in a bracket, a full stop or a short word.</summary>
    static readonly SearchValues<char> Encoded = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-%"
    );

    /// <summary>The text without the breaks inside of unbroken words.</summary>
    /// <param name="text">The text as it was written.</param>
    /// <param name="joined">The text without them.</param>
    /// <param name="places">For each of its characters, where it stood.</param>
    /// <returns>Whether there are any.</returns>
    public static bool In(string text, out string joined, out int[] places)
    {
        (joined, places) = ("", []);
        if (Next(text, 0) is not { } first)
        {
            return false;
        }

        var rest = new StringBuilder(text.Length);
        var kept = new List<int>(text.Length);
        var done = 0;
        for ((int Start, int End)? found = first; found is { } gap; found = Next(text, gap.End))
        {
            Keep(gap.Start);
            done = gap.End;
        }

        Keep(text.Length);
        (joined, places) = (rest.ToString(), [.. kept]);
        return true;

        void Keep(int until)
        {
            rest.Append(text, done, until - done);
            kept.AddRange(Enumerable.Range(done, until - done));
        }
    }

    /// <summary>Whether a line may be a piece of something longer: it ends in a long encoded word.</summary>
    public static bool MayGoOn(ReadOnlySpan<char> line) => line.Length >= ShortestLine && !line[^ShortestLine..].ContainsAnyExcept(Encoded);

    static (int Start, int End)? Next(string text, int from)
    {
        for (var at = text.IndexOf('\n', from); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            var start = at > 0 && text[at - 1] == '\r' ? at - 1 : at;
            var line = text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
            if (at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && start > line && MayGoOn(text.AsSpan(line, start - line)))
            {
                return (start, at + 1);
            }
        }

        return null;
    }
}
