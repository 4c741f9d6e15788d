namespace ReleaseRecipes;

/// <summary>The one way in which a release fails: what happened, where, and what to do about it.</summary>
/// <param name="what">What happened, as one sentence.</param>
/// <param name="where">The file and line, environment, command or remote that it happened in; null where the sentence says it.</param>
/// <param name="todo">What the reader can do, as a command to type where there is one.</param>
/// <param name="exitCode">What the process ends with; see <see cref="ExitCodes"/>.</param>
/// <param name="inner">The failure of the system underneath, if any.</param>
public sealed class ReleaseException(
    string what,
    string? where = null,
    string? todo = null,
    int exitCode = ExitCodes.Failed,
    Exception? inner = null
) : Exception(string.Join(Environment.NewLine, new[] { what, where, todo }.Where(line => !string.IsNullOrEmpty(line))), inner)
{
    /// <summary>What happened, as one sentence.</summary>
    public string What => what;

    /// <summary>Where it happened.</summary>
    public string? Where => where;

    /// <summary>What the reader can do about it.</summary>
    public string? Todo => todo;

    /// <summary>What the process ends with; see <see cref="ExitCodes"/>.</summary>
    public int ExitCode => exitCode;
}
