using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace ReleaseRecipes.Output;

/// <summary>The ways in which one secret can stand in a text.</summary>
static class SecretForms
{
    const int ShortestBase64 = 6;

    public static IEnumerable<string> Of(string value)
    {
        // A log is written line by line: a key of several lines never stands in it as a whole.
        var lines = value.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var parts = lines.Length > 1 ? lines.Where(line => !line.StartsWith("-----", StringComparison.Ordinal)) : [];
        return parts.Where(part => part.Length >= 5).Prepend(value).SelectMany(Written);
    }

    static IEnumerable<string> Written(string value)
    {
        if (value.Length < 5)
        {
            return [];
        }

        var url = Uri.EscapeDataString(value);
        var form = WebUtility.UrlEncode(value);
        return
        [
            value,
            url,
            Lower(url),
            form,
            Lower(form),
            Uri.EscapeDataString(url),
            JavaScriptEncoder.Default.Encode(value),
            JavaScriptEncoder.Default.Encode(value).Replace("\\u0022", "\\\"", StringComparison.Ordinal),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value).Replace("/", "\\/", StringComparison.Ordinal),
            Ascii(value),
            WebUtility.HtmlEncode(value),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
            Convert.ToHexString(Encoding.UTF8.GetBytes(value)),
            .. Base64(value),
        ];
    }

    /// <summary>
    /// Base64 of a text that the secret is anywhere in (<c>user:password</c>): it begins at one of three places in a group of four, and
    /// of those groups only the characters that depend on nothing else are looked for.
    /// </summary>
    static IEnumerable<string> Base64(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var before = 0; before < 3; before++)
        {
            var all = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = (before * 8 + 5) / 6;
            var last = (before + bytes.Length) * 8 / 6;
            var own = all[first..last];
            if (own.Length >= ShortestBase64)
            {
                yield return own;
                yield return own.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    /// <summary>JSON as writers do it that escape everything beyond ASCII, in lower case.</summary>
    static string Ascii(string value)
    {
        var text = new StringBuilder();
        foreach (var character in JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value))
        {
            _ = character < 0x80 ? text.Append(character) : text.Append("\\u").Append(((int)character).ToString("x4", null));
        }

        return text.ToString();
    }

    /// <summary>%2F and %2f are the same; which of them is written depends on who writes.</summary>
    static string Lower(string encoded)
    {
        var text = new StringBuilder(encoded);
        for (var at = encoded.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < encoded.Length; at = encoded.IndexOf('%', at + 1))
        {
            text[at + 1] = char.ToLowerInvariant(encoded[at + 1]);
            text[at + 2] = char.ToLowerInvariant(encoded[at + 2]);
        }

        return text.ToString();
    }
}
