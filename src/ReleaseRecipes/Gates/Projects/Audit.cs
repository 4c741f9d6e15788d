namespace ReleaseRecipes.Gates.Projects;

/// <summary>Several scanners as one command: all of them run, and the worst exit code counts.</summary>
static class Audit
{
    /// <param name="scanners">Each with its command and the report that it leaves in the gate's report folder.</param>
    public static FoundCommand? Of(IReadOnlyList<(string Program, string Command, string Report)> scanners) =>
        scanners.Count == 0
            ? null
            : new FoundCommand(Text(scanners), $"found {string.Join(", ", scanners.Select(scanner => scanner.Program))} on PATH")
            {
                WritesReport = true,
                MustLeave = [.. scanners.Select(scanner => scanner.Report)],
                FindingsExitCodes = [1],
                ToolVersion = $"{scanners[0].Program} --version",
            };

    static string Text(IReadOnlyList<(string Program, string Command, string Report)> scanners) =>
        scanners.Count == 1
            ? scanners[0].Command
            : "worst=0; "
                + string.Concat(scanners.Select(scanner => $"{scanner.Command}; code=$?; [ $code -gt $worst ] && worst=$code; "))
                + "exit $worst";
}
