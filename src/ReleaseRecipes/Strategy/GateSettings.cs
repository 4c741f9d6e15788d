namespace ReleaseRecipes.Strategy;

/// <summary>One quality gate of the file.</summary>
/// <param name="Name">unit_tests, integration_tests, security_scan, performance_tests, build_validation, or any name with a command.</param>
public sealed record GateSettings(string Name)
{
    /// <summary>Whether the release stops when this gate is not passed.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The condition over the gate's metrics; the command's exit code alone decides where null.</summary>
    public string? Threshold { get; init; }

    /// <summary>The command, run by the shell; found from the project's files where null.</summary>
    public string? Command { get; init; }

    /// <summary>Globs of the reports that the command writes; what the command is known to write where empty.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often the command is run again after a failure; a pass on a later try is reported as flaky.</summary>
    public int Retries { get; init; }

    /// <summary>Whether no other gate may run beside it.</summary>
    public bool Exclusive { get; init; }
}
