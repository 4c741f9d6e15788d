using System.Text;
using ReleaseRecipes.Gates.Evidence;

namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>What tools write besides the form that their documentation shows first; found by reading reports of public repositories.</summary>
public sealed class OddReportTests
{
    const string CargoAudit =
        """{"database":{},"lockfile":{"dependency-count":2},"vulnerabilities":{"found":true,"count":2,"list":[{"advisory":{"id":"RUSTSEC-2021-0003","package":"smallvec"},"package":{"name":"smallvec","version":"0.6.13"}},{"advisory":{"id":"RUSTSEC-2021-0003","package":"smallvec"},"package":{"name":"smallvec","version":"1.5.0"}}]}}""";

    const string Safety =
        """{"report_meta":{"safety_version":"3.7.0","vulnerabilities_found":1},"vulnerabilities":[{"vulnerability_id":"44742","package_name":"django","severity":null}],"ignored_vulnerabilities":[]}""";

    [TestCase(
        """<testsuite tests="1" failures="2"><testcase name="a"><flakyFailure/><flakyFailure/></testcase></testsuite>""",
        "failed_tests=0 flaky_tests=1 skipped_tests=0 success_rate=100% tests=1",
        TestName = "Surefire counts every try of a test that passed at last"
    )]
    [TestCase(
        """<testsuite tests="2" failures="3"><testcase name="a"><failure/><failure/><failure/></testcase><testcase name="b"/></testsuite>""",
        "failed_tests=1 flaky_tests=0 skipped_tests=0 success_rate=50% tests=2",
        TestName = "one test fails in several checks"
    )]
    [TestCase(
        """<testsuites><testsuite name="" tests="46"/><testsuite tests="1"><testcase name="a"/></testsuite><testsuite errors="1"/></testsuites>""",
        "failed_tests=1 flaky_tests=0 skipped_tests=0 success_rate=50% tests=2",
        TestName = "a suite without tests is the sum of the others, but its failures are its own"
    )]
    [TestCase(
        """<?xml version="1.1" encoding="UTF-8"?><testsuite tests="1"><testcase name="a"/></testsuite>""",
        "failed_tests=0 flaky_tests=0 skipped_tests=0 success_rate=100% tests=1",
        TestName = "some runners declare XML 1.1"
    )]
    [TestCase(
        """<TestRun><Results><WebTestResult testName="a" outcome="Passed"/></Results><ResultSummary outcome="Completed"><Counters executed="1" failed="0"/></ResultSummary></TestRun>""",
        "failed_tests=0 flaky_tests=0 skipped_tests=0 success_rate=100% tests=1",
        TestName = "TRX has results of other tests than unit tests"
    )]
    [TestCase(
        """<coverage line-rate="0.5" lines-covered="1" lines-valid="2" branches-covered="NaN" branches-valid="NaN"><packages><package><classes><class filename="a.m"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>""",
        "coverage=50%",
        TestName = "MATLAB has no number of branches"
    )]
    [TestCase(
        "timeStamp;elapsed;label;success\n1767603600000;500;\"Search; page\";true\n1767603601000;1500;Home;false\n",
        "error_rate=50% max_response_time=1.5s p50_response_time=500ms p90_response_time=1.5s p95_response_time=1.5s p99_response_time=1.5s requests=2 response_time=1s throughput=0.8",
        TestName = "JMeter separates columns as it is set to"
    )]
    [TestCase(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"rules":[{"id":"A","defaultConfiguration":{"level":"error"}},{"id":"A","defaultConfiguration":{"level":"note"}}]}},"results":[{"ruleId":"A","ruleIndex":1}]}]}""",
        "critical_vulnerabilities=0 errors=0 high_vulnerabilities=0 low_vulnerabilities=0 medium_vulnerabilities=0 notes=1 vulnerabilities=0 warnings=0",
        TestName = "SARIF tells rules of one id apart by their index"
    )]
    [TestCase(CargoAudit, "unrated_vulnerabilities=2 vulnerabilities=2", TestName = "two versions of a crate are two findings")]
    [TestCase(
        "\n\n+=====+\n\nDEPRECATED: this command (`check`) has been DEPRECATED.\n\n+=====+\n\n{\n" + Safety + "\n}\n\n+=====+\n",
        null,
        TestName = "between the notices of safety stands something else"
    )]
    [TestCase(
        """{"scan_results":[{"provenance":{},"scanner":{"name":"ScanCode"}}],"issues":[]}""",
        "",
        TestName = "another's scan is not safety's"
    )]
    [TestCase("""[{"path":"golang.org/x/net","vulns":[{"id":"GO-2020-0001"}]}]""", "", TestName = "a database of advisories is no audit")]
    [TestCase(
        """
            {"type":"Metric","data":{"name":"http_reqs","type":"counter"},"metric":"http_reqs"}
            {"type":"Point","data":{"time":"2026-01-05T09:00:00Z","value":1},"metric":"http_reqs"}
            """,
        "",
        TestName = "k6 streams its points, which are no audit of yarn"
    )]
    [TestCase(
        """{"$schema":"http://json.schemastore.org/sarif-1.0.0","version":"1.0.0","runs":[{"tool":{"name":"csc"},"results":[]}]}""",
        null,
        TestName = "the C# compiler writes SARIF 1 unless asked for 2.1"
    )]
    [TestCase(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"InspectCode"}}}]}""",
        null,
        TestName = "a run of SARIF without results did not scan"
    )]
    public void It_is_read_rightly_or_not_at_all(string report, string? metrics)
    {
        if (metrics is null)
        {
            Assert.That(() => Sample.Read(Encoding.UTF8.GetBytes(report)), Throws.TypeOf<BrokenReportException>());
        }
        else
        {
            Assert.That(Sample.Read(Encoding.UTF8.GetBytes(report)), Is.EqualTo(metrics));
        }
    }

    [Test]
    public void Safety_3_prints_notices_around_its_report()
    {
        var indented = Safety.Replace("{\"report_meta\"", "{\n\"report_meta\"", StringComparison.Ordinal)[..^1] + "\n}";
        const string Notice = "\n\n+=====+\n\nDEPRECATED: this command (`check`) has been DEPRECATED.\n\n+=====+\n\n";

        Assert.That(
            Sample.Read(out var format, Encoding.UTF8.GetBytes(Notice + indented + Notice)),
            Is.EqualTo("unrated_vulnerabilities=1 vulnerabilities=1")
        );
        Assert.That(format, Is.EqualTo("safety"));
    }

    [Test]
    public void PowerShell_writes_the_output_of_a_tool_in_UTF_16() =>
        Assert.That(
            Sample.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(CargoAudit)]),
            Is.EqualTo("unrated_vulnerabilities=2 vulnerabilities=2")
        );
}
