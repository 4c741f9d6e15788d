using System.Globalization;
using ReleaseRecipes.Dashboard.Reading;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Dashboard.Delivery;

/// <summary>When the changes in each release were committed.</summary>
static class LeadTimes
{
    /// <summary>As many releases as three busy months have; one git process each.</summary>
    const int Newest = 100;

    /// <summary>Version to the commit times of what it brought; releases whose commits this repository does not have are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>>> ReadAsync(
        GitRepository git,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancel
    )
    {
        var planned = events
            .Where(fact => fact.Kind == EventKinds.Planned && IsHash(fact.Text("commit")))
            .GroupBy(fact => fact.Release)
            .Select(release => (Version: release.Key, Commit: release.Last().Text("commit")!))
            .ToList();
        var times = new Dictionary<string, IReadOnlyList<DateTimeOffset>>();
        for (var i = Math.Max(0, planned.Count - Newest); i < planned.Count; i++)
        {
            var range = i == 0 ? (string[])["-1", planned[i].Commit] : [planned[i].Commit, "^" + planned[i - 1].Commit];
            var log = await git.TryAsync(["log", "--format=%ct", "--no-merges", .. range, "--"], cancel: cancel);
            if (log.Succeeded)
            {
                times[planned[i].Version] = [.. log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Time)];
            }
        }

        return times;
    }

    /// <summary>The ledger is data: what stands there is an argument of git only if it is a hash and nothing else.</summary>
    static bool IsHash(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower);

    static DateTimeOffset Time(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}
