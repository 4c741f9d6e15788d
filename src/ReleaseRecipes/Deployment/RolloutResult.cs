namespace ReleaseRecipes.Deployment;

/// <summary>How far a rollout came.</summary>
public abstract record RolloutResult
{
    RolloutResult() { }

    /// <summary>The candidate is the verified version of the environment.</summary>
    /// <param name="Url">Where it is reached; null where that is unknown.</param>
    public sealed record Verified(Uri? Url) : RolloutResult;

    /// <summary>It waits for a person or for evidence; both versions stay as they are.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="NextCommand">The target and arguments that let it go on.</param>
    public sealed record Paused(string Reason, string NextCommand) : RolloutResult;

    /// <summary>The candidate was taken back.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Restored">Whether the environment is back on what served before.</param>
    public sealed record RolledBack(string Reason, bool Restored) : RolloutResult
    {
        /// <summary>The version that serves again; null where nothing was deployed before.</summary>
        public string? To { get; init; }
    }
}
