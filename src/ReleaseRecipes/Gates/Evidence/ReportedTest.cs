namespace ReleaseRecipes.Gates.Evidence;

/// <summary>One test that a report lists.</summary>
/// <param name="Name">What the report calls it, with its class or suite.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="Stamp">What two runs of it would hardly share, such as its time to the microsecond; null where the report has no such thing.</param>
sealed record ReportedTest(string Name, bool Failed, string? Stamp = null);
