namespace ReleaseRecipes.Gates;

/// <summary>What a gate came to. Only <see cref="Passed"/> is a pass.</summary>
public enum GateVerdict
{
    /// <summary>The command succeeded, and the evidence meets the threshold where there is one.</summary>
    Passed,

    /// <summary>The command failed, or the evidence does not meet the threshold.</summary>
    Failed,

    /// <summary>There was nothing to run, and the gate is optional.</summary>
    NotRun,

    /// <summary>The evidence that the threshold asks for is missing, stale or cannot be read.</summary>
    Unknown,
}

/// <summary>The words for verdicts in the ledger and in <c>--json</c>.</summary>
public static class GateVerdicts
{
    static readonly Dictionary<GateVerdict, string> Words = new()
    {
        [GateVerdict.Passed] = "passed",
        [GateVerdict.Failed] = "failed",
        [GateVerdict.NotRun] = "not_run",
        [GateVerdict.Unknown] = "unknown",
    };

    public static string Word(this GateVerdict verdict) => Words[verdict];

    /// <summary>The verdict of a word; a word that is not known is no pass.</summary>
    public static GateVerdict Read(string? word) =>
        Words.Where(pair => pair.Value == word).Select(pair => (GateVerdict?)pair.Key).FirstOrDefault() ?? GateVerdict.Unknown;
}
