namespace ReleaseRecipes.Versioning;

/// <summary>What the strategy would have done at the repository's past releases.</summary>
/// <param name="Releases">The releases, newest first.</param>
public sealed record BacktestReport(IReadOnlyList<BacktestRelease> Releases)
{
    /// <summary>The share of releases where the computed bump is the actual one, from 0 to 1; null where there is no release to compare.</summary>
    public double? Agreement => Releases.Count == 0 ? null : Releases.Count(release => release.Agree) / (double)Releases.Count;
}

/// <summary>One past release, and the bump that its commits ask for.</summary>
/// <param name="From">The tag of the highest release among its ancestors.</param>
/// <param name="To">Its own tag.</param>
/// <param name="Actual">The bump that was made: major, minor, patch or none.</param>
/// <param name="Computed">The bump that the commits ask for.</param>
/// <param name="DecidingCommit">The full hash of the commit that decided; null where none asks for a release.</param>
/// <param name="Reason">Why the computed bump is that one.</param>
public sealed record BacktestRelease(string From, string To, string Actual, string Computed, string? DecidingCommit, string Reason)
{
    /// <summary>Whether the computed bump is the actual one.</summary>
    public bool Agree => Actual == Computed;
}
