namespace ReleaseRecipes.Programs;

/// <summary>What a program that ended left behind.</summary>
/// <param name="ExitCode">Its exit code; 124 where it was ended by its timeout.</param>
/// <param name="Output">Everything it wrote to standard output.</param>
/// <param name="Error">Everything it wrote to standard error.</param>
/// <param name="TimedOut">Whether it was ended because it took too long.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error, bool TimedOut = false)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;
}
