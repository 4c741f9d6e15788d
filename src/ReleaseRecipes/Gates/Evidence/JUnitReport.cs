using System.Xml;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>JUnit XML in the dialects of pytest, Maven, Gradle, Go, Jest, Mocha, Vitest, node and others.</summary>
sealed class JUnitReport : IXmlFormat
{
    public string Name => "JUnit XML";

    public bool Fits(XmlReader atRoot) => atRoot.LocalName is "testsuites" or "testsuite";

    public void Read(XmlReader report, GateEvidence evidence)
    {
        var suites = new Stack<Suite>([Suite.At(report)]);
        var (total, claimed, tests) = (new TestCounts(), new TestCounts(), new List<ReportedTest>());
        var told = 0L;
        var newest = Times.Unzoned(report.GetAttribute("timestamp"));
        do
        {
            if (report.NodeType == XmlNodeType.Element && report.LocalName == "testcase")
            {
                var test = Case(report, tests, out var failures);
                suites.Peek().Own += test;
                suites.Peek().Cases++;
                suites.Peek().Told += failures;
                told += failures;
            }
            else if (report.NodeType == XmlNodeType.Element && report.LocalName is "testsuite" or "testsuites" && report.Depth > 0)
            {
                suites.Peek().HasSuites = true;
                suites.Push(Suite.At(report));
                newest = Times.Later(newest, Times.Unzoned(report.GetAttribute("timestamp")));
            }

            if (EndsSuite(report))
            {
                var ended = suites.Pop();
                total += ended.Listed();
                claimed += ended.Claimed();
                if (suites.Count == 0)
                {
                    // Numbers without tests are the only word of a report that lists none, and else the sum of what it lists.
                    total = (tests.Count == 0 ? total + claimed : total + new TestCounts(Failed: claimed.Failed)).WithFailuresAtLeast(
                        ended.Failures > told ? ended.Failures : 0
                    );
                }
            }
        } while (suites.Count > 0 && report.Read());

        if (newest is { } written)
        {
            evidence.WrittenAt(written);
        }

        evidence.Add(Name, total, tests);
        while (report.Read())
        {
            // To the end, so that a file that is cut off is no evidence.
        }
    }

    static bool EndsSuite(XmlReader report) =>
        report.LocalName is "testsuite" or "testsuites"
        && (report.NodeType == XmlNodeType.EndElement || report.NodeType == XmlNodeType.Element && report.IsEmptyElement);

    /// <summary>Reads one test, and how often it tells of a failure: one test may fail several times, in several checks or tries.</summary>
    static TestCounts Case(XmlReader report, List<ReportedTest> tests, out long told)
    {
        told = 0;
        var (name, time) = (
            FullName(report.GetAttribute("classname") ?? "", report.GetAttribute("name") ?? ""),
            report.GetAttribute("time")
        );
        // Google Test says it by attributes alone.
        var skipped =
            report.GetAttribute("status") is "notrun" or "skipped" or "disabled"
            || report.GetAttribute("result") is "skipped" or "suppressed";
        var failed = report.GetAttribute("status") is "failed" or "error";
        var flaky = false;
        if (!report.IsEmptyElement)
        {
            var depth = report.Depth;
            while (report.Read() && report.Depth > depth)
            {
                if (report.NodeType == XmlNodeType.Element && report.Depth == depth + 1)
                {
                    failed |= report.LocalName is "failure" or "error";
                    skipped |= report.LocalName is "skipped" or "disabled";
                    flaky |= report.LocalName is "flakyFailure" or "flakyError";
                    told += report.LocalName is "failure" or "error" or "flakyFailure" or "flakyError" or "rerunFailure" or "rerunError"
                        ? 1
                        : 0;
                }
            }
        }

        tests.Add(new ReportedTest(name, failed, time));
        return failed ? new TestCounts(Failed: 1)
            : skipped ? new TestCounts(Skipped: 1)
            : new TestCounts(Passed: 1, Flaky: flaky ? 1 : 0);
    }

    static string FullName(string suite, string test) =>
        suite.Length == 0 || test.StartsWith(suite, StringComparison.Ordinal) ? test : $"{suite}.{test}";

    /// <summary>One <c>testsuite</c>: what its attributes claim and what its list shows.</summary>
    sealed class Suite
    {
        public TestCounts Own = new();
        public long Cases;
        public long Told;
        public bool HasSuites;

        public long Tests { get; private init; }
        public long Failures { get; private init; }
        public long Skipped { get; private init; }

        public static Suite At(XmlReader element) =>
            new()
            {
                Tests = element.Count("tests") ?? 0,
                Failures = (element.Count("failures") ?? 0) + (element.Count("errors") ?? 0),
                Skipped = (element.Count("skipped") ?? element.Count("skip") ?? 0) + (element.Count("disabled") ?? 0),
            };

        /// <summary>A parent's attributes repeat those of its children, so only a leaf's count.</summary>
        public TestCounts Listed() => HasSuites || Failures <= Told ? Own : Own.WithFailuresAtLeast(Cases > 0 ? Failures : 0);

        /// <summary>What a leaf says that lists no test.</summary>
        public TestCounts Claimed() =>
            HasSuites || Cases > 0 ? new TestCounts() : new TestCounts(Math.Max(0, Tests - Failures - Skipped), Failures, Skipped);
    }
}
