using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseRecipes.Ledger;

/// <summary>
/// Where the events of a release lie in the ledger's tree: the newest releases under <c>releases/</c>, all before them under
/// <c>archive/</c> in 256 folders, because every append writes the trees on its way anew.
/// </summary>
static class LedgerTree
{
    /// <summary>How many releases stay under <c>releases/</c>.</summary>
    public const int RecentKept = 64;

    public const string Head = "head.json";

    const int LongestSegment = 120;

    public static string Recent(string release) => $"releases/{Segment(release)}";

    public static string Archived(string release) => $"archive/{Digest(release)[..2]}/{Segment(release)}";

    public static string Events(string folder) => $"{folder}/events.jsonl";

    /// <summary>A version as one path segment, whatever is in it. Two versions never share one.</summary>
    static string Segment(string release)
    {
        var segment = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(release))
        {
            var plain = char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'+';
            if (plain || (octet == '.' && segment.Length > 0))
            {
                segment.Append((char)octet);
            }
            else
            {
                segment.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return segment.Length switch
        {
            0 => "%",
            > LongestSegment => $"{segment.ToString(0, LongestSegment)}%{Digest(release)}",
            _ => segment.ToString(),
        };
    }

    static string Digest(string release) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(release)));
}
