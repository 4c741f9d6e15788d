namespace ReleaseRecipes.Programs;

/// <summary>A command line of the strategy file, run by the system's shell (<c>sh -c</c>, on Windows <c>cmd /c</c>).</summary>
/// <param name="Text">What the shell gets, exactly as it was written.</param>
public sealed record ShellCommand(string Text)
{
    /// <summary>The folder it runs in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove where the value is null, on top of this process's own.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Past it the command and everything it started are ended; no limit where null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The file that gets its standard output, which is its report; none where null. The log gets it too.</summary>
    public string? OutputFile { get; init; }

    /// <summary>How the log shows a line of that report, its line end included; as it is where null.</summary>
    public Func<string, string>? Shown { get; init; }
}

/// <summary>How a shell command ended.</summary>
/// <param name="ExitCode">Its exit code; 124 where it was ended by its timeout, 128 + the signal where a signal ended it.</param>
/// <param name="TimedOut">Whether it was ended because it took too long.</param>
/// <param name="Duration">How long it ran.</param>
public sealed record ShellResult(int ExitCode, bool TimedOut, TimeSpan Duration)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;
}
