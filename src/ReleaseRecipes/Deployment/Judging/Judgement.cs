namespace ReleaseRecipes.Deployment;

/// <summary>What one measurement says of the candidate.</summary>
public enum Finding
{
    /// <summary>It is as good as it must be.</summary>
    Good,

    /// <summary>It is worse than the strategy file lets it be.</summary>
    Breached,

    /// <summary>The measurement does not tell.</summary>
    Inconclusive,

    /// <summary>There were fewer requests than <c>min_requests</c>.</summary>
    TooFew,

    /// <summary>The measurement could not be taken.</summary>
    Error,
}

/// <summary>A finding with its reason in words.</summary>
public sealed record Judgement(Finding Finding, string Reason);
