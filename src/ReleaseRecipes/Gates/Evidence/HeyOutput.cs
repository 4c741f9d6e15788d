using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The summary that <c>hey</c> prints.</summary>
sealed partial class HeyOutput : ITextFormat
{
    public string Name => "hey";

    public bool Fits(string firstLine) => firstLine.TrimEnd() == "Summary:";

    public void Read(TextReader report, GateEvidence evidence)
    {
        var text = report.ReadToEnd();
        var answers = Status().Matches(text).Select(match => (Status: Number(match, 1), Count: (long)Number(match, 2))).ToList();
        var errors = (long)Errors().Matches(text).Sum(match => Number(match, 1));
        var all = answers.Sum(answer => answer.Count) + errors;
        if (all == 0)
        {
            throw new FormatException("it has no status code distribution: it is cut off, or nothing was sent");
        }

        evidence.Load.AddRequests(all, answers.Where(answer => answer.Status >= 500).Sum(answer => answer.Count) + errors);
        Add(evidence, "throughput", Throughput().Match(text), Quantity.Count);
        Add(evidence, "response_time", Average().Match(text), Quantity.Seconds);
        Add(evidence, "max_response_time", Slowest().Match(text), Quantity.Seconds);
        foreach (Match one in Percentile().Matches(text))
        {
            evidence.Load.AddSummary($"p{one.Groups[1].Value}_response_time", Quantity.Seconds(Number(one, 2)));
        }
    }

    static void Add(GateEvidence evidence, string metric, Match found, Func<double, Quantity> quantity)
    {
        if (found.Success)
        {
            evidence.Load.AddSummary(metric, quantity(Number(found, 1)));
        }
    }

    static double Number(Match match, int group) =>
        double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[ \t]+Requests/sec:\s+([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Throughput();

    [GeneratedRegex(@"^[ \t]+Average:\s+([\d.]+) secs", RegexOptions.Multiline)]
    private static partial Regex Average();

    [GeneratedRegex(@"^[ \t]+Slowest:\s+([\d.]+) secs", RegexOptions.Multiline)]
    private static partial Regex Slowest();

    [GeneratedRegex(@"^[ \t]+(\d{1,2})%+ in ([\d.]+) secs", RegexOptions.Multiline)]
    private static partial Regex Percentile();

    [GeneratedRegex(@"^[ \t]+\[(\d{3})\]\s+(\d+) responses", RegexOptions.Multiline)]
    private static partial Regex Status();

    [GeneratedRegex(@"^[ \t]+\[(\d+)\]\s+(?!\d+ responses)\S", RegexOptions.Multiline)]
    private static partial Regex Errors();
}
