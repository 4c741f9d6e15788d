namespace ReleaseRecipes.Gates.Projects;

/// <summary>A command whose output is its report: kept in a file and shown, with the command's own exit code.</summary>
static class TeedCommand
{
    /// <param name="command">The command.</param>
    /// <param name="report">The report's file name.</param>
    /// <param name="shown">A filter for what is shown, beginning with a pipe; all of it where empty.</param>
    public static string Text(string command, string report, string shown = "")
    {
        var folder = FoundCommand.ReportFolder;
        // The shells that everyone has cannot tell the exit code of a pipe's first part. On Windows the log has nothing to show.
        return OperatingSystem.IsWindows()
            ? $"{command} > \"{folder}\\{report}\""
            : $"({command}; echo $? > \"{folder}/.exit\") | tee \"{folder}/{report}\"{shown}; exit $(cat \"{folder}/.exit\" || echo 1)";
    }
}
