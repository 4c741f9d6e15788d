using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Tagging;

/// <summary>
/// The annotation of a release tag. It carries where the ledger ended when the tag was made, so that a ledger whose tail was cut off shows:
/// the tag knows of events that are not there any more.
/// </summary>
/// <param name="Version">The release's version.</param>
/// <param name="Plan">The hash of its plan.</param>
/// <param name="LedgerCount">How many events the ledger had.</param>
/// <param name="LedgerHash">The hash of the last one.</param>
public sealed partial record TagMessage(string Version, string Plan, long LedgerCount, string LedgerHash)
{
    /// <summary>The annotation's text; the last three lines are git trailers.</summary>
    public override string ToString() =>
        $"Release {Version}\n\nRelease-Plan: {Plan}\nRelease-Ledger: {LedgerCount.ToString(CultureInfo.InvariantCulture)} {LedgerHash}\n";

    /// <summary>The message of one of our tags; null for a tag that somebody else made.</summary>
    public static TagMessage? Parse(string text)
    {
        var match = Pattern().Match(text.ReplaceLineEndings("\n"));
        return
            match.Success && long.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new TagMessage(match.Groups["version"].Value, match.Groups["plan"].Value, count, match.Groups["hash"].Value)
            : null;
    }

    [GeneratedRegex(
        @"\ARelease (?<version>[^\n]{1,200})\n\nRelease-Plan: (?<plan>[0-9a-f]{0,64})\nRelease-Ledger: (?<count>[0-9]{1,18}) (?<hash>[0-9a-f]{64})\n?"
    )]
    private static partial Regex Pattern();
}
