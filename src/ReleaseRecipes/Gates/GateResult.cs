using System.Text.Json.Nodes;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>The record of one gate: what ran, what it left as evidence, and what that came to.</summary>
/// <param name="Name">Its name in the strategy file.</param>
/// <param name="Required">Whether the release stops when it is not passed.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">Why, and what to do where it is no pass.</param>
public sealed record GateResult(string Name, bool Required, GateVerdict Verdict, string Reason)
{
    /// <summary>Everything that was measured.</summary>
    public IReadOnlyDictionary<string, Quantity> Metrics { get; init; } = new Dictionary<string, Quantity>();

    /// <summary>The condition as the strategy file has it.</summary>
    public string? Threshold { get; init; }

    /// <summary>The condition with the values put in: <c>coverage 83.2% &gt; 85%: no</c>.</summary>
    public string? Evaluated { get; init; }
    public string? Command { get; init; }

    /// <summary>What the command ended with; null where none ran.</summary>
    public int? ExitCode { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>The log file; null where nothing ran.</summary>
    public string? Log { get; init; }

    /// <summary>The reports that were read.</summary>
    public IReadOnlyList<ReadReport> Reports { get; init; } = [];

    /// <summary>What the tool says of its version; null where it is not known.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>The names, never the values, of the variables that the command saw.</summary>
    public IReadOnlyList<string> EnvironmentNames { get; init; } = [];

    /// <summary>How often the command ran.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether it passed only when it was run again.</summary>
    public bool Flaky => Verdict == GateVerdict.Passed && Attempts > 1;

    /// <summary>Whether the release may go on as far as this gate is concerned.</summary>
    public bool LetsPass => !Required || Verdict == GateVerdict.Passed;

    /// <summary>Reads a result back from the ledger; what is missing is empty, and an unknown verdict is no pass.</summary>
    public static GateResult FromJson(JsonObject json) => GateResultJson.FromJson(json);
}

/// <summary>A report that counted as evidence.</summary>
/// <param name="Path">Relative to the root, or to the gate's report folder.</param>
/// <param name="Format">Its format, such as TRX.</param>
/// <param name="Sha256">SHA-256 over its bytes, as lower-case hex.</param>
public sealed record ReadReport(string Path, string Format, string Sha256);
