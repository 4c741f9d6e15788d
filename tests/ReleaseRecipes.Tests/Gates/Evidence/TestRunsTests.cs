using System.Text;

namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Several reports of tests: what ran twice counts twice, what is told twice counts once.</summary>
public sealed class TestRunsTests
{
    [Test]
    public void A_run_told_of_in_two_formats_counts_once() =>
        Assert.That(
            Read(
                Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Passed"), ("Shop.CartTests.Signs(a: 1)", "Passed")),
                JUnit(("Shop.CartTests", "Adds", "0.001"), ("Shop.CartTests", "Signs(a: 1)", "0.002"))
            ),
            Does.Contain("tests=2")
        );

    [Test]
    public void A_runner_that_names_the_file_and_one_that_names_the_suite_tell_of_the_same_test() =>
        Assert.That(
            Read(
                """
                {"numPassedTests":1,"numFailedTests":0,"numPendingTests":0,"numTotalTests":1,"success":true,"testResults":[{"assertionResults":[{"fullName":"math adds","status":"passed"}]}]}
                """,
                JUnit(("src/a.test.js", "math &gt; adds", "0.001"))
            ),
            Does.Contain("tests=1")
        );

    [Test]
    public void Of_two_accounts_of_one_run_the_worse_counts() =>
        Assert.That(
            Read(
                Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Failed"), ("Shop.CartTests.Signs", "Passed")),
                JUnit(("Shop.CartTests", "Adds", "0.001"), ("Shop.CartTests", "Signs", "0.002"))
            ),
            Does.Contain("failed_tests=1").And.Contain("tests=2")
        );

    [Test]
    public void A_run_told_of_twice_in_one_format_counts_once() =>
        Assert.That(
            Read(
                Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Passed")) + "<!-- from another logger -->",
                Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Passed"))
            ),
            Does.Contain("tests=1")
        );

    [Test]
    public void The_same_tests_on_two_frameworks_are_two_runs() =>
        Assert.That(
            Read(Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Passed")), Trx("10:00:07.7654321", ("Shop.CartTests.Adds", "Failed"))),
            Does.Contain("failed_tests=1").And.Contain("tests=2")
        );

    [Test]
    public void Other_tests_in_another_format_are_another_run() =>
        Assert.That(
            Read(Trx("10:00:00.1234567", ("Shop.CartTests.Adds", "Passed")), JUnit(("src/a.test.js", "math &gt; divides", "0.001"))),
            Does.Contain("tests=2")
        );

    static string Read(params string[] reports) => Sample.Read(reports.Select(Encoding.UTF8.GetBytes));

    static string Trx(string start, params (string Name, string Outcome)[] tests) =>
        "<TestRun><Results>"
        + string.Concat(
            tests.Select(test =>
                $"<UnitTestResult testName=\"{test.Name}\" outcome=\"{test.Outcome}\" startTime=\"2026-01-05T{start}+00:00\"/>"
            )
        )
        + $"</Results><ResultSummary outcome=\"{(tests.Any(test => test.Outcome == "Failed") ? "Failed" : "Completed")}\"/></TestRun>";

    static string JUnit(params (string Class, string Name, string Time)[] tests) =>
        "<testsuite>"
        + string.Concat(tests.Select(test => $"<testcase classname=\"{test.Class}\" name=\"{test.Name}\" time=\"{test.Time}\"/>"))
        + "</testsuite>";
}
