namespace ReleaseRecipes.Gates.Evidence;

/// <summary>
/// The tests of several reports. Runs add up; a run that two reports tell of, in two formats or in one, counts once, by the
/// worse of what they say.
/// </summary>
sealed class TestRuns
{
    readonly List<Run> runs = [];

    /// <summary>How the tests ended; null where no report lists tests.</summary>
    public TestCounts? Counts => runs.Count == 0 ? null : runs.Aggregate(new TestCounts(), (sum, run) => sum + run.Counts);

    /// <summary>The names of the tests that failed, as the reports write them.</summary>
    public IReadOnlyList<string> Failed =>
        [.. runs.SelectMany(run => run.Tests).Where(test => test.Failed).Select(test => test.Name).Distinct(StringComparer.Ordinal)];

    public void Add(string format, TestCounts counts, IReadOnlyList<ReportedTest> tests)
    {
        var told = new Run(format, counts, tests);
        var at = runs.FindIndex(told.IsTheSameAs);
        if (at < 0)
        {
            runs.Add(told);
        }
        else
        {
            runs[at] = runs[at] with { Counts = runs[at].Counts.OrWorse(counts) };
        }
    }

    sealed record Run(string Format, TestCounts Counts, IReadOnlyList<ReportedTest> Tests)
    {
        /// <summary>
        /// Whether both tell of the same run: at least half of the smaller's tests stand in the other. In one format, where the
        /// same tests may well have run twice (on two frameworks, on two machines), their stamps must agree too.
        /// </summary>
        public bool IsTheSameAs(Run other)
        {
            var smaller = Math.Min(Tests.Count, other.Tests.Count);
            var shared =
                Format == other.Format
                    ? Tests.Where(test => test.Stamp is not null).Intersect(other.Tests).Count()
                    : Math.Max(CountIn(other), other.CountIn(this));
            return smaller > 0 && 2 * shared >= smaller;
        }

        int CountIn(Run other)
        {
            var known = other.Tests.Select(test => Words(test.Name)).ToHashSet(StringComparer.Ordinal);
            return Tests.Count(test => Ends(Words(test.Name)).Any(known.Contains));
        }

        // One format names the class, the file or the suite before the test, the other does not.
        static IEnumerable<string> Ends(string words)
        {
            yield return words;
            for (var space = words.IndexOf(' ', StringComparison.Ordinal); space >= 0; space = words.IndexOf(' ', space + 1))
            {
                yield return words[(space + 1)..];
            }
        }

        static string Words(string name) =>
            string.Join(' ', name.Split([' ', '.', ':', '/', '>', '\t', '\n'], 32, StringSplitOptions.RemoveEmptyEntries));
    }
}
