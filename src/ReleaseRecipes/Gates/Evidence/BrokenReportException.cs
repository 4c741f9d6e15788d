namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Inside the reading of reports: this file is no evidence, and why. The gate turns it into its reason.</summary>
sealed class BrokenReportException(string file, string problem, Exception? inner = null)
    : Exception($"The report {file} cannot be read: {problem.TrimEnd('.')}.", inner);
