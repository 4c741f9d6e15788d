using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>News as a mail (RFC 5322, MIME).</summary>
static class Letter
{
    /// <summary>The lines of the mail, without line ends. Everything from outside is encoded, so that no line of it can be a header or end the mail.</summary>
    public static IEnumerable<string> Lines(ReleaseNews news, string from, IReadOnlyList<string> to, DateTimeOffset now) =>
        [
            $"From: {from}",
            $"To: {string.Join(",\r\n ", to)}",
            $"Subject: {string.Join("\r\n ", Encoded(PlainText.Line(news.Headline)))}",
            $"Date: {now.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
            $"Message-ID: <{Id(news)}@{from.Split('@')[^1]}>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            .. Convert.ToBase64String(Encoding.UTF8.GetBytes(NewsText.Letter(news))).Chunk(76).Select(line => new string(line)),
        ];

    /// <summary>The same for the same news, so that a mailbox shows a mail that came twice once.</summary>
    static string Id(ReleaseNews news) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{news.Application}\n{news.Version}\n{news.Key}")))[..32];

    /// <summary>RFC 2047: words of at most 75 characters, each whole characters of UTF-8.</summary>
    static IEnumerable<string> Encoded(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > 45)
            {
                yield return Word(word.ToString());
                word.Clear();
            }

            word.Append(rune.ToString());
        }

        yield return Word(word.ToString());
    }

    static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
