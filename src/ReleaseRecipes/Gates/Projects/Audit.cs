namespace ReleaseRecipes.Gates.Projects;

/// <summary>One scanner that is installed.</summary>
/// <param name="Program">What it is called.</param>
/// <param name="Command">The command that scans.</param>
/// <param name="Report">The report that it leaves in the gate's report folder.</param>
/// <param name="Prints">Whether it prints that report, so that its output has to be kept.</param>
sealed record Scanner(string Program, string Command, string Report, bool Prints);

/// <summary>Scanners as one command: all of them run, and the worst exit code counts.</summary>
static class Audit
{
    public static FoundCommand? Of(IReadOnlyList<Scanner> scanners) =>
        scanners.Count == 0
            ? null
            : new FoundCommand(Text(scanners), $"found {string.Join(", ", scanners.Select(scanner => scanner.Program))} on PATH")
            {
                WritesReport = true,
                OutputReport = scanners is [{ Prints: true } single] ? single.Report : null,
                MustLeave = [.. scanners.Select(scanner => scanner.Report)],
                // safety says 64.
                FindingsExitCodes = [1, 64],
                ToolVersion = $"{scanners[0].Program} --version",
            };

    static string Text(IReadOnlyList<Scanner> scanners) =>
        scanners.Count == 1
            ? scanners[0].Command
            : "worst=0; "
                + string.Concat(scanners.Select(scanner => $"{Kept(scanner)}; code=$?; [ $code -gt $worst ] && worst=$code; "))
                + "exit $worst";

    static string Kept(Scanner scanner) =>
        scanner.Prints ? $"{scanner.Command} > \"{FoundCommand.ReportFolder}/{scanner.Report}\"" : scanner.Command;
}
