using System.Text;

namespace ReleaseRecipes.Output;

/// <summary>Makes text from outside (commit messages, tool output, server answers) safe to print.</summary>
public static class PlainText
{
    /// <summary>
    /// One line without control characters, terminal escapes and bidirectional overrides, and without the beginnings
    /// by which CI servers recognise commands in a log (<c>::set-env</c>, <c>##vso[</c>, <c>##teamcity[</c>).
    /// </summary>
    public static string Line(string text)
    {
        if (!NeedsWork(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(
                IsHarmless(rune.Value) ? rune.ToString()
                : rune.Value is '\t' or '\r' or '\n' ? " "
                : "\uFFFD"
            );
        }

        // A zero-width space keeps the words readable and breaks the command.
        return clean
            .Replace("::", ":\u200B:")
            .Replace("##vso[", "##\u200Bvso[")
            .Replace("##teamcity[", "##\u200Bteamcity[")
            .Replace("##[", "##\u200B[")
            .ToString();
    }

    static bool NeedsWork(string text)
    {
        foreach (var character in text)
        {
            if (!IsHarmless(character) || char.IsSurrogate(character))
            {
                return true;
            }
        }

        return text.Contains("::", StringComparison.Ordinal) || text.Contains("##", StringComparison.Ordinal);
    }

    static bool IsHarmless(int rune) =>
        rune >= 0x20
        && rune
            is not (>= 0x7F and <= 0x9F)
                and not (>= 0x202A and <= 0x202E)
                and not (>= 0x2066 and <= 0x2069)
                and not 0x2028
                and not 0x2029;
}
