using System.Text;

namespace ReleaseRecipes.Output;

/// <summary>Hides what stands as a password in a URL, whoever knew it: <c>https://user:***@host</c>.</summary>
static class UrlPasswords
{
    /// <summary>No name and password are longer together; a longer text before an @ is none.</summary>
    const int LongestUserInfo = 600;

    /// <summary>A name of this length without a password is a token.</summary>
    const int ShortestToken = 20;

    /// <summary>The text with them replaced; the very same where there are none.</summary>
    public static string Mask(string text, string mark)
    {
        StringBuilder? masked = null;
        var done = 0;
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            var rest = text.AsSpan(at, Math.Min(text.Length - at, LongestUserInfo));
            // The last @ before the path: a password may have one of its own, written as it is.
            var end = Before(rest).LastIndexOf('@');
            if (end < 0)
            {
                continue;
            }

            var colon = rest[..end].IndexOf(':');
            var start =
                colon >= 0 ? colon + 1
                : end >= ShortestToken ? 0
                : end;
            if (start < end && !rest[start..end].SequenceEqual(mark))
            {
                masked = (masked ?? new StringBuilder(text.Length)).Append(text, done, at + start - done).Append(mark);
                done = at + end;
            }
        }

        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    static int Next(string text, int from) => text.IndexOf("://", from, StringComparison.Ordinal) is var found and >= 0 ? found + 3 : -1;

    static ReadOnlySpan<char> Before(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && rest[length] != '/' && !char.IsWhiteSpace(rest[length]))
        {
            length++;
        }

        return rest[..length];
    }
}
