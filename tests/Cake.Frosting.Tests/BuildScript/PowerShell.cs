namespace Cake.Frosting.Tests.BuildScript;

/// <summary>PowerShell, as the tool manifest of this repository brings it.</summary>
static class PowerShell
{
    static readonly string[] Start = ["tool", "run", "pwsh", "--", "-NoLogo", "-NoProfile"];

    /// <summary>Whether it runs here.</summary>
    public static bool IsThere { get; } = Run(Consumer.Repository, "-Version").ExitCode == 0;

    /// <summary>Runs a script file, as a CI server does.</summary>
    public static Ran Script(string script, string[] args) => Run(Consumer.Repository, ["-File", script, .. args]);

    /// <summary>Runs a line, as whoever types it would.</summary>
    public static Ran Command(string line, string folder) =>
        Run(Consumer.Repository, "-Command", $"Set-Location -LiteralPath '{folder}'; {line}");

    static Ran Run(string folder, params string[] args) =>
        Consumer.Run("dotnet", [.. Start, .. args], folder, new() { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" });
}
