using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>TRX, written by <c>dotnet test --logger trx</c>.</summary>
sealed class TrxReport : IXmlFormat
{
    static readonly HashSet<string> Skips = new(StringComparer.OrdinalIgnoreCase) { "NotExecuted", "Inconclusive", "Pending" };

    public string Name => "TRX";

    public bool Fits(XmlReader atRoot) => atRoot.LocalName == "TestRun";

    public void Read(XmlReader report, GateEvidence evidence)
    {
        var counts = new TestCounts();
        var tests = new List<ReportedTest>();
        long failures = 0;
        long executed = 0;
        var inner = 0;
        string? outcome = null;
        while (report.Read())
        {
            if (report.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (report.LocalName)
            {
                // Unit tests, web tests, generic tests, and ordered tests with theirs inside.
                case var name
                    when report.Depth == 2 && (name.EndsWith("TestResult", StringComparison.Ordinal) || name == "TestResultAggregation"):
                    var result = Result(report.GetAttribute("outcome"));
                    counts += result;
                    tests.Add(new(report.GetAttribute("testName") ?? "", result.Failed > 0, report.GetAttribute("startTime")));
                    break;
                case "Times" when Times.Of(report.GetAttribute("finish")) is { } finish:
                    evidence.WrittenAt(finish);
                    break;
                case "UnitTestResult" or "TestResult":
                    inner++;
                    break;
                case "ResultSummary":
                    outcome = report.GetAttribute("outcome");
                    break;
                case "Counters" when report.Depth == 2:
                    failures = new[] { "failed", "error", "timeout", "aborted" }.Sum(name => report.Count(name) ?? 0);
                    executed = report.Count("executed") ?? 0;
                    break;
            }
        }

        if (executed > counts.Ran + counts.Skipped + inner)
        {
            throw new FormatException($"it says that {executed} tests ran, but lists {counts.Ran + counts.Skipped}");
        }

        counts = counts.WithFailuresAtLeast(failures);
        if (outcome is not ("Completed" or "Passed") && counts.Failed == 0)
        {
            throw new FormatException($"the run's outcome is {XmlValues.Shortened(outcome ?? "missing")}, though no test failed");
        }

        evidence.Add(Name, counts, tests);
    }

    // The attribute is left out for errors; a word that is not known is no pass.
    static TestCounts Result(string? outcome) =>
        outcome == "Passed" ? new TestCounts(Passed: 1)
        : outcome is not null && Skips.Contains(outcome) ? new TestCounts(Skipped: 1)
        : new TestCounts(Failed: 1);
}
