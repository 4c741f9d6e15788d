namespace ReleaseRecipes.Gates;

/// <summary>Reports that two gates read which ran side by side: whose evidence they are cannot be told, so that they are nobody's.</summary>
static class SharedReports
{
    public static GateResult[] TakeAway(GateResult[] results, Func<int, bool> ranBeside)
    {
        var shared = Enumerable
            .Range(0, results.Length)
            .Where(ranBeside)
            .SelectMany(index =>
                results[index].Reports.Where(report => !report.Path.StartsWith('$')).Select(report => (report.Path, results[index].Name))
            )
            .GroupBy(read => read.Path, read => read.Name)
            .Where(readers => readers.Count() > 1)
            .ToList();
        return
        [
            .. results.Select(result =>
                shared.Find(readers => readers.Contains(result.Name)) is { } both
                    ? result with
                    {
                        Verdict = GateVerdict.Unknown,
                        Reason =
                            $"{both.Key} was read by {string.Join(" and ", both)}, which ran side by side: nobody can tell who wrote it. "
                            + "Name different places with 'reports:', or mark one of them 'exclusive: true'.",
                    }
                    : result
            ),
        ];
    }
}
