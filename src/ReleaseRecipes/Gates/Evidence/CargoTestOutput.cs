using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>What <c>cargo test</c> prints: its report in a machine's format is not stable yet.</summary>
sealed partial class CargoTestOutput : ITextFormat
{
    public string Name => "cargo test";

    public bool Fits(string firstLine) => Running().IsMatch(firstLine);

    public void Read(TextReader report, GateEvidence evidence)
    {
        var (counts, tests) = (new TestCounts(), new List<ReportedTest>());
        var open = 0;
        while (report.ReadLine() is { } line)
        {
            if (Running().IsMatch(line))
            {
                open++;
            }
            else if (Test().Match(line) is { Success: true } test)
            {
                tests.Add(new ReportedTest(test.Groups[1].Value, test.Groups[2].Value == "FAILED"));
            }
            else if (Result().Match(line) is { Success: true } result)
            {
                open--;
                var (passed, failed, ignored) = (Number(result, 2), Number(result, 3), Number(result, 4));
                counts += new TestCounts(passed, failed == 0 && result.Groups[1].Value != "ok" ? 1 : failed, ignored);
            }
        }

        if (open > 0)
        {
            throw new FormatException("it is cut off: a run of tests has no result");
        }

        evidence.Add(Name, counts, tests);
    }

    static long Number(Match match, int group) =>
        long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Arunning \d+ tests?\z")]
    private static partial Regex Running();

    [GeneratedRegex(@"\Atest (.{1,1000}?) \.\.\. (ok|FAILED|ignored)")]
    private static partial Regex Test();

    [GeneratedRegex(@"\Atest result: (ok|FAILED)\. (\d{1,9}) passed; (\d{1,9}) failed; (\d{1,9}) ignored;")]
    private static partial Regex Result();
}
