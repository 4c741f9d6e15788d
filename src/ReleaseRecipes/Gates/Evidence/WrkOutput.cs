using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The summary that <c>wrk</c> prints; percentiles with <c>--latency</c>.</summary>
sealed partial class WrkOutput : ITextFormat
{
    public string Name => "wrk";

    public bool Fits(string firstLine) => Running().IsMatch(firstLine);

    public void Read(TextReader report, GateEvidence evidence)
    {
        var text = report.ReadToEnd();
        if (Requests().Match(text) is not { Success: true } requests || Throughput().Match(text) is not { Success: true } throughput)
        {
            throw new FormatException("it is cut off: it has no number of requests");
        }

        var unanswered = SocketErrors().Match(text) is { Success: true } sockets ? sockets.Groups.Values.Skip(1).Sum(Number) : 0;
        var bad = BadAnswers().Match(text) is { Success: true } answers ? Number(answers.Groups[1]) : 0;
        // Requests that got no answer are not in wrk's count.
        evidence.Load.AddRequests((long)(Number(requests.Groups[1]) + unanswered), unanswered + bad);
        evidence.Load.AddSummary("throughput", Quantity.Count(Number(throughput.Groups[1])));
        if (Latency().Match(text) is { Success: true } latency)
        {
            evidence.Load.AddSummary("response_time", Time(latency, 1));
            evidence.Load.AddSummary("max_response_time", Time(latency, 3));
        }

        foreach (Match one in Percentile().Matches(text))
        {
            evidence.Load.AddSummary($"p{one.Groups[1].Value}_response_time", Time(one, 2));
        }
    }

    static Quantity Time(Match match, int group) =>
        Quantity.Seconds(
            Number(match.Groups[group])
                * match.Groups[group + 1].Value switch
                {
                    "us" => 1e-6,
                    "ms" => 1e-3,
                    "m" => 60,
                    _ => 1,
                }
        );

    static double Number(Group group) => double.Parse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\ARunning \S+ test @ ")]
    private static partial Regex Running();

    [GeneratedRegex(@"^[ \t]*(\d+) requests in ", RegexOptions.Multiline)]
    private static partial Regex Requests();

    [GeneratedRegex(@"^Requests/sec:\s+([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Throughput();

    [GeneratedRegex(@"^[ \t]+Latency\s+([\d.]+)(us|ms|s|m)\s+\S+\s+([\d.]+)(us|ms|s|m)", RegexOptions.Multiline)]
    private static partial Regex Latency();

    [GeneratedRegex(@"^[ \t]+(\d{1,2})%\s+([\d.]+)(us|ms|s|m)", RegexOptions.Multiline)]
    private static partial Regex Percentile();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex BadAnswers();
}
