namespace ReleaseRecipes.Programs;

/// <summary>Commands of the strategy file, which are written for the system's shell. Nothing else is ever given to a shell.</summary>
public static class Shell
{
    /// <summary>The call that runs a command line by <c>sh</c>, or by <c>cmd</c> on Windows.</summary>
    public static ProgramCall Call(string command) =>
        OperatingSystem.IsWindows() ? new ProgramCall("cmd.exe", "/d", "/s", "/c", command) : new ProgramCall("/bin/sh", "-c", command);
}
