using System.Text;
using ReleaseRecipes.Gates.Evidence;

namespace ReleaseRecipes.Tests.Gates.Evidence;

public sealed class ReportReaderTests
{
    static IEnumerable<Sample> Samples => [.. TestSamples.All, .. CoverageSamples.All, .. ScanSamples.All, .. LoadSamples.All];

    [TestCaseSource(nameof(Samples))]
    public void A_report_says(Sample sample)
    {
        var metrics = Sample.Read(out var format, sample.Bytes);

        Assert.That((format, metrics), Is.EqualTo((sample.Format, sample.Metrics)));
    }

    [TestCaseSource(nameof(Samples))]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing(Sample sample)
    {
        var text = sample.Text.ReplaceLineEndings("\r\n");

        Assert.That(Sample.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]), Is.EqualTo(sample.Metrics));
    }

    [Test]
    public void Every_format_has_a_sample() =>
        Assert.That(ReportReader.Formats, Is.EquivalentTo(Samples.Select(sample => sample.Format).Distinct()));

    [Test]
    public void Counts_of_tests_add_up() =>
        Assert.That(
            Sample.Read(TestSamples.All[0].Bytes, TestSamples.All[1].Bytes),
            Is.EqualTo("failed_tests=2 flaky_tests=0 skipped_tests=2 success_rate=60% tests=5")
        );

    [Test]
    public void Coverage_merges_by_lines_and_not_by_percentages()
    {
        var one = Cobertura("src", "A.cs", (1, 1), (2, 0), (3, 0), (4, 0));
        var other = Cobertura("", "src/A.cs", (1, 0), (2, 1), (3, 0), (4, 0));

        Assert.That(Sample.Read(one, other), Is.EqualTo("coverage=50%"));
    }

    [Test]
    public void Lines_of_several_formats_are_of_the_same_file()
    {
        var lcov = Encoding.UTF8.GetBytes("SF:src/A.cs\nDA:1,0\nDA:2,1\nend_of_record\n");

        Assert.That(Sample.Read(lcov, Cobertura("src", "A.cs", (1, 1), (2, 0), (3, 0), (4, 0))), Is.EqualTo("coverage=50%"));
    }

    [Test]
    public void Totals_count_only_where_there_are_no_lines() =>
        Assert.That(Sample.Read(CoverageSamples.All[1].Bytes, CoverageSamples.All[3].Bytes), Is.EqualTo(CoverageSamples.All[1].Metrics));

    [Test]
    public void One_finding_in_two_reports_is_one_finding() =>
        Assert.That(
            Sample.Read(Scan("bandit"), Scan("bandit")),
            Is.EqualTo(ScanSamples.All.First(sample => sample.Format == "bandit").Metrics)
        );

    [Test]
    public void Where_one_finding_is_unrated_the_counts_by_severity_are_unknown() =>
        Assert.That(Sample.Read(Scan("bandit"), Scan("pip-audit")), Is.EqualTo("unrated_vulnerabilities=1 vulnerabilities=3"));

    [Test]
    public void Of_two_summaries_of_load_tests_the_worse_counts() =>
        Assert.That(
            Sample.Read(LoadSamples.All[0].Bytes, LoadSamples.All[1].Bytes),
            Does.Contain("p95_response_time=1.35s").And.Contain("throughput=5").And.Contain("requests=210").And.Contain("error_rate=1.43%")
        );

    [Test]
    public void A_date_of_JMeter_is_a_time_too() =>
        Assert.That(
            Sample.Read(
                Encoding.UTF8.GetBytes("timeStamp,elapsed,success\n2026-01-05 09:00:00.000,500,true\n2026-01-05 09:00:01.500,500,true\n")
            ),
            Does.Contain("throughput=1").And.Contain("p99_response_time=500ms")
        );

    [Test]
    public void A_line_that_is_listed_twice_counts_once() =>
        Assert.That(Sample.Read(Encoding.UTF8.GetBytes("SF:a\nDA:1,0\nDA:1,1\nDA:2,0\nLF:3\nend_of_record\n")), Is.EqualTo("coverage=50%"));

    [Test]
    public void A_clean_scan_is_evidence_of_none() =>
        Assert.That(
            Sample.Read("""{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]}]}"""u8.ToArray()),
            Does.Contain("critical_vulnerabilities=0")
        );

    [TestCase("➤ YN0001: No audit suggestions\n")]
    [TestCase("{\"type\":\"auditSummary\",\"data\":{\"vulnerabilities\":{\"info\":0,\"low\":0,\"moderate\":0,\"high\":0,\"critical\":0}}}")]
    public void A_clean_audit_of_yarn_is_evidence_of_none(string report)
    {
        Assert.That(Sample.Read(out var format, Encoding.UTF8.GetBytes(report)), Does.Contain("critical_vulnerabilities=0"));
        Assert.That(format, Is.EqualTo("yarn audit"));
    }

    [Test]
    public void Folders_of_packages_know_of_no_vulnerability() =>
        Assert.That(
            () => Sample.Read("""{"version":1,"parameters":"--vulnerable","sources":["/opt/packages"],"projects":[]}"""u8.ToArray()),
            Throws.TypeOf<BrokenReportException>().With.Message.Contains("asked no server")
        );

    [TestCase("<coverage line-rate=\"0\" lines-covered=\"0\" lines-valid=\"0\"/>", "")]
    [TestCase("<testsuites/>", "failed_tests=0 flaky_tests=0 skipped_tests=0 tests=0")]
    [TestCase("mode: set\n", "")]
    public void Nothing_measured_is_no_share(string report, string metrics) =>
        Assert.That(Sample.Read(Encoding.UTF8.GetBytes(report)), Is.EqualTo(metrics));

    [TestCase("<testsuite tests=\"5\" failures=\"2\"/>", "failed_tests=2 flaky_tests=0 skipped_tests=0 success_rate=60% tests=5")]
    [TestCase(
        "<testsuite tests=\"2\" failures=\"1\"><testcase name=\"a\"/><testcase name=\"b\"/></testsuite>",
        "failed_tests=1 flaky_tests=0 skipped_tests=0 success_rate=50% tests=2"
    )]
    [TestCase(
        "<testsuites failures=\"1\"><testsuite><testcase name=\"a\"/><testcase name=\"b\"/></testsuite></testsuites>",
        "failed_tests=1 flaky_tests=0 skipped_tests=0 success_rate=50% tests=2"
    )]
    public void Where_a_summary_and_its_list_disagree_the_worse_counts(string report, string metrics) =>
        Assert.That(Sample.Read(Encoding.UTF8.GetBytes(report)), Is.EqualTo(metrics));

    [TestCase("", "empty")]
    [TestCase("   \n", "empty")]
    [TestCase("<testsuite", "")]
    [TestCase("<testsuite tests=\"many\"/>", "many")]
    [TestCase(
        "<TestRun><Results/><ResultSummary outcome=\"Completed\"><Counters total=\"3\" executed=\"3\" passed=\"3\"/></ResultSummary></TestRun>",
        "lists 0"
    )]
    [TestCase("<TestRun><ResultSummary outcome=\"Aborted\"/></TestRun>", "Aborted")]
    [TestCase("<coverage line-rate=\"1\"><class filename=\"a\"><line number=\"1\"/></class></coverage>", "hits")]
    [TestCase(
        "<coverage line-rate=\"1\"><class filename=\"a\"><line number=\"1\" hits=\"1\" condition-coverage=\"200% (4/2)\"/></class></coverage>",
        "branches"
    )]
    [TestCase("SF:a\nDA:1,1\n", "cut off")]
    [TestCase("SF:a\nLF:2\nDA:1,1\nend_of_record\n", "lists 1")]
    [TestCase("mode: set\na.go:1.1,2.2 x 1\n", "no block")]
    [TestCase("{\"numTotalTests\":1,\"numPassedTests\":2,\"numFailedTests\":0,\"numPendingTests\":0}", "cannot be")]
    [TestCase("{\"error\":{\"code\":\"ENOLOCK\",\"summary\":\"This command requires an existing lockfile.\"}}", "existing lockfile")]
    [TestCase("{\"message\":\"request to http://127.0.0.1/ failed\",\"error\":{\"summary\":\"\",\"detail\":\"\"}}", "request to")]
    [TestCase(
        "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{}},\"invocations\":[{\"executionSuccessful\":false}],\"results\":[]}]}",
        "did not succeed"
    )]
    [TestCase("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{}}}]}", "results")]
    [TestCase("{\"Benchmarks\":[{\"FullName\":\"A.B\",\"Statistics\":null}],\"HostEnvironmentInfo\":{}}", "A.B has no result")]
    [TestCase("{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"T\"}\n", "ends before")]
    [TestCase("running 2 tests\ntest a ... ok\n", "cut off")]
    [TestCase("timeStamp,elapsed,success\n1,2\n", "2 values")]
    [TestCase("timeStamp,elapsed,success\n1,-5,true\n", "elapsed is -5")]
    [TestCase("timeStamp,elapsed,success\nnever,5,true\n", "timeStamp is never")]
    [TestCase("{\"type\":\"info\",\"data\":\"No lockfile found.\"}\n", "No lockfile")]
    [TestCase("{\"type\":\"auditAdvisory\",\"data\":{\"advisory\":{\"id\":1}}}\n", "no summary")]
    [TestCase("{\"a\":1} trailing", "")]
    [TestCase("{\"Issues\":[],\"Stats\":{\"files\":0,\"found\":0}}", "0 files")]
    [TestCase(
        "{\"total\":{\"lines\":{\"total\":1,\"covered\":2},\"statements\":{},\"branches\":{\"total\":0,\"covered\":0}}}",
        "cannot be"
    )]
    public void What_cannot_be_is_named(string report, string problem) =>
        Assert.That(
            () => Sample.Read(Encoding.UTF8.GetBytes(report)),
            Throws
                .TypeOf<BrokenReportException>()
                .With.Message.StartsWith("The report report cannot be read: ")
                .And.Message.Contains(problem)
        );

    [Test]
    public void An_external_entity_is_never_fetched_and_a_bomb_of_entities_never_expands()
    {
        var outside =
            $"<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><testsuite tests=\"1\"><testcase name=\"a\">&x;</testcase></testsuite>";
        var bomb =
            "<!DOCTYPE testsuite [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><testsuite name=\"&b;\" tests=\"1\"/>";

        Assert.That(() => Sample.Read(Encoding.UTF8.GetBytes(outside)), Throws.TypeOf<BrokenReportException>());
        Assert.That(() => Sample.Read(Encoding.UTF8.GetBytes(bomb)), Throws.TypeOf<BrokenReportException>());
    }

    [Test]
    public void Deep_nesting_is_no_way_to_crash()
    {
        var xml = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<testsuite>", 100_000)));
        var json = Encoding.UTF8.GetBytes("{\"runs\":" + new string('[', 100_000));

        Assert.That(() => Sample.Read(xml), Throws.TypeOf<BrokenReportException>());
        Assert.That(() => Sample.Read(json), Throws.TypeOf<BrokenReportException>());
    }

    [TestCase("<html><body>404</body></html>")]
    [TestCase("{\"hello\":\"world\"}")]
    [TestCase("hello\n")]
    public void What_is_no_report_is_not_taken_for_one(string text)
    {
        var metrics = Sample.Read(out var format, Encoding.UTF8.GetBytes(text));

        Assert.That((format, metrics), Is.EqualTo(((string?)null, "")));
    }

    [TestCase("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    [TestCase("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [TestCase("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H", 5.5)]
    [TestCase("CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:H", 7.6)]
    [TestCase("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0)]
    [TestCase("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", null)]
    [TestCase("CVSS:3.1/AV:N/AC:L", null)]
    [TestCase("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", null)]
    public void A_vector_of_CVSS_3_has_its_score(string vector, double? score) => Assert.That(Cvss.Score(vector), Is.EqualTo(score));

    static byte[] Scan(string format) => ScanSamples.All.First(sample => sample.Format == format).Bytes;

    static byte[] Cobertura(string source, string file, params (int Number, int Hits)[] lines) =>
        Encoding.UTF8.GetBytes(
            $"<coverage line-rate=\"0.5\"><sources><source>{source}</source></sources><packages><package><classes><class filename=\"{file}\"><lines>"
                + string.Concat(lines.Select(line => $"<line number=\"{line.Number}\" hits=\"{line.Hits}\"/>"))
                + "</lines></class></classes></package></packages></coverage>"
        );
}
