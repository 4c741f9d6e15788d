using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>The JSON results of Jest, which Vitest writes too.</summary>
sealed class JestReport : IJsonFormat
{
    public string Name => "Jest JSON";

    public bool Fits(JsonElement root) => root.Has("numTotalTests");

    public void Read(JsonElement root, GateEvidence evidence)
    {
        var (passed, failed, total) = (root.Count("numPassedTests"), root.Count("numFailedTests"), root.Count("numTotalTests"));
        var skipped = root.Count("numPendingTests") + (root.Has("numTodoTests") ? root.Count("numTodoTests") : 0);
        if (passed + failed > total)
        {
            throw new FormatException($"{passed} passed and {failed} failed of {total} tests cannot be");
        }

        // A file that could not even be loaded has no tests to count, but it is a failure.
        var broken = root.Has("numRuntimeErrorTestSuites") ? root.Count("numRuntimeErrorTestSuites") : 0;
        var failures = failed + broken;
        if (failures == 0 && root.Find("success") is not { ValueKind: JsonValueKind.True })
        {
            throw new FormatException("it says that the run did not succeed, though no test failed");
        }

        var files = root.ItemsIfAny("testResults").ToList();
        if (Times.OfMilliseconds(root.Find("startTime")) is { } began)
        {
            evidence.WrittenAt(
                files
                    .Select(file => Times.OfMilliseconds(file.Find("endTime")))
                    .Aggregate(began, (one, other) => Times.Later(one, other)!.Value)
            );
        }

        evidence.Add(Name, new TestCounts(passed, failures, skipped), [.. files.SelectMany(Tests)]);
    }

    static IEnumerable<ReportedTest> Tests(JsonElement file)
    {
        var tests = file.ItemsIfAny("assertionResults")
            .Select(test => new ReportedTest(test.Text("fullName") ?? "", test.Text("status") == "failed"))
            .ToList();
        return tests.Count == 0 && file.Text("status") == "failed" ? [new ReportedTest(file.Text("name") ?? "", Failed: true)] : tests;
    }
}
