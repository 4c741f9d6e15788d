using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>How tests ended. Counts of several reports add up.</summary>
sealed record TestCounts(long Passed = 0, long Failed = 0, long Skipped = 0, long Flaky = 0)
{
    /// <summary>The tests that ran.</summary>
    public long Ran => Passed + Failed;

    public static TestCounts operator +(TestCounts one, TestCounts other) =>
        new(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped, one.Flaky + other.Flaky);

    /// <summary>Of two accounts of the same run the worse one.</summary>
    public TestCounts OrWorse(TestCounts other)
    {
        var (ran, failed) = (Math.Max(Ran, other.Ran), Math.Max(Failed, other.Failed));
        return new TestCounts(ran - failed, failed, Math.Max(Skipped, other.Skipped), Math.Max(Flaky, other.Flaky));
    }

    /// <summary>At least so many failures: where a report's summary and its list disagree, the worse one counts.</summary>
    public TestCounts WithFailuresAtLeast(long failures) =>
        failures <= Failed ? this : this with { Failed = failures, Passed = Math.Max(0, Passed - (failures - Failed)) };

    /// <summary>The metrics. A success rate needs a test that ran.</summary>
    public IEnumerable<(string, Quantity)> Metrics()
    {
        yield return ("tests", Quantity.Count(Ran));
        yield return ("failed_tests", Quantity.Count(Failed));
        yield return ("skipped_tests", Quantity.Count(Skipped));
        yield return ("flaky_tests", Quantity.Count(Flaky));
        if (Ran > 0)
        {
            yield return ("success_rate", Quantity.Share((double)Passed / Ran));
        }
    }
}
