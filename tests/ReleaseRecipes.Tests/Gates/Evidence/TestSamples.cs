namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Reports of tests. Each of them has a failure, so that no damage may turn it into a pass.</summary>
static class TestSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(
            "TRX",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="1a2b" name="ci" runUser="ci" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times creation="2026-01-05T09:00:00.0+00:00" start="2026-01-05T09:00:00.0+00:00" finish="2026-01-05T09:00:02.0+00:00" />
              <Results>
                <UnitTestResult executionId="1" testId="a" testName="Adds" duration="00:00:00.01" outcome="Passed" />
                <UnitTestResult executionId="2" testId="b" testName="Divides" duration="00:00:00.02" outcome="Failed">
                  <Output><ErrorInfo><Message>Expected: 2 But was: &lt;null&gt;</Message></ErrorInfo></Output>
                </UnitTestResult>
                <UnitTestResult executionId="3" testId="c" testName="Waits" outcome="NotExecuted" />
              </Results>
              <ResultSummary outcome="Failed">
                <Counters total="3" executed="2" passed="1" failed="1" error="0" timeout="0" aborted="0" inconclusive="0" notExecuted="0" />
              </ResultSummary>
            </TestRun>
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=50% tests=2"
        ),
        new(
            "JUnit XML",
            """
            <?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1" tests="4" time="0.123" timestamp="2026-01-05T09:00:00" hostname="ci">
            <testcase classname="tests.test_shop" name="test_adds[1-2]" time="0.001" />
            <testcase classname="tests.test_shop" name="test_fails" time="0.002"><failure message="assert 1 == 2">def test_fails():
            &gt;       assert 1 == 2</failure></testcase>
            <testcase classname="tests.test_shop" name="test_skipped" time="0.000"><skipped type="pytest.skip" message="later">x</skipped></testcase>
            <testcase classname="tests.test_shop" name="test_last" time="0.001" /></testsuite></testsuites>
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=66.67% tests=3"
        ),
        new(
            "JUnit XML",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/surefire-test-report.xsd" version="3.0" name="com.example.ShopTest" time="0.05" tests="3" errors="1" skipped="0" failures="0">
              <properties><property name="java.version" value="21"/></properties>
              <testcase name="adds" classname="com.example.ShopTest" time="0.01"/>
              <testcase name="breaks" classname="com.example.ShopTest" time="0.01"><error message="boom" type="java.lang.IllegalStateException">at com.example</error><system-out><![CDATA[<failure/>]]></system-out></testcase>
              <testcase name="wobbles" classname="com.example.ShopTest" time="0.01"><flakyFailure message="once" type="x"><stackTrace>y</stackTrace></flakyFailure></testcase>
            </testsuite>
            """,
            "failed_tests=1 flaky_tests=1 skipped_tests=0 success_rate=66.67% tests=3"
        ),
        new(
            "JUnit XML",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites>
            	<testsuite name="math" time="0.003" disabled="0" errors="0" tests="2" failures="1" skipped="0" hostname="ci">
            		<testcase name="adds" time="0.001" classname="test"/>
            		<testsuite name="inner" time="0.001" disabled="0" errors="0" tests="1" failures="1" skipped="0" hostname="ci">
            			<testcase name="divides" time="0.001" classname="test" failure="Expected values"><failure type="testCodeFailure" message="1 !== 2">[Error]</failure></testcase>
            		</testsuite>
            	</testsuite>
            	<testcase name="later" time="0.0003" classname="test"><skipped type="todo" message="true"/></testcase>
            	<!-- tests 3 -->
            </testsuites>
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=50% tests=2"
        ),
        new(
            "Jest JSON",
            """
            {"numFailedTestSuites":1,"numFailedTests":1,"numPassedTestSuites":1,"numPassedTests":3,"numPendingTestSuites":0,"numPendingTests":1,"numRuntimeErrorTestSuites":0,"numTodoTests":0,"numTotalTestSuites":2,"numTotalTests":5,"success":false,"testResults":[]}
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=75% tests=4"
        ),
        new(
            "Mocha JSON",
            """
            {"stats":{"suites":1,"tests":3,"passes":1,"pending":1,"failures":1,"start":"2026-01-05T09:00:00.000Z","end":"2026-01-05T09:00:00.010Z","duration":10},"tests":[],"pending":[],"failures":[{"title":"x"}],"passes":[]}
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=50% tests=2"
        ),
        new(
            "go test JSON",
            """
            {"Time":"2026-01-05T09:00:00Z","Action":"start","Package":"example.com/shop"}
            {"Time":"2026-01-05T09:00:00Z","Action":"run","Package":"example.com/shop","Test":"TestAdds"}
            {"Time":"2026-01-05T09:00:00Z","Action":"output","Package":"example.com/shop","Test":"TestAdds","Output":"--- PASS: TestAdds (0.00s)\n"}
            {"Time":"2026-01-05T09:00:00Z","Action":"pass","Package":"example.com/shop","Test":"TestAdds","Elapsed":0}
            {"Time":"2026-01-05T09:00:00Z","Action":"run","Package":"example.com/shop","Test":"TestFails"}
            {"Time":"2026-01-05T09:00:00Z","Action":"fail","Package":"example.com/shop","Test":"TestFails","Elapsed":0}
            {"Time":"2026-01-05T09:00:00Z","Action":"skip","Package":"example.com/shop","Test":"TestLater","Elapsed":0}
            {"Time":"2026-01-05T09:00:00Z","Action":"fail","Package":"example.com/shop","Elapsed":0.002}
            {"Time":"2026-01-05T09:00:00Z","Action":"skip","Package":"example.com/shop/empty","Elapsed":0}
            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=50% tests=2"
        ),
        new(
            "cargo test",
            """

            running 3 tests
            test adds ... ok
            test later ... ignored
            test fails ... FAILED

            failures:
                fails

            test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s


            running 1 test
            test src/lib.rs - add (line 3) ... ok

            test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.31s

            """,
            "failed_tests=1 flaky_tests=0 skipped_tests=1 success_rate=66.67% tests=3"
        ),
    ];
}
