using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>How a watch ended.</summary>
public enum WatchVerdict
{
    /// <summary>The candidate may go on.</summary>
    Passed,

    /// <summary>It must be taken back: measured as too bad.</summary>
    Breached,

    /// <summary>It must be taken back: its instances are not healthy.</summary>
    Unhealthy,

    /// <summary>There is not enough evidence.</summary>
    NoEvidence,

    /// <summary>A person ended the release meanwhile.</summary>
    Aborted,

    /// <summary>A person let the candidate go on meanwhile.</summary>
    LetGoOn,
}

/// <summary>How a watch ended, why, and what was measured.</summary>
public sealed record WatchResult(WatchVerdict Verdict, string Reason, JsonArray Measurements);
