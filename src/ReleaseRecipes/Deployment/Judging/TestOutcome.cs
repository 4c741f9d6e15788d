using System.Globalization;

namespace ReleaseRecipes.Deployment;

/// <summary>What a statistical test says of "the candidate is worse".</summary>
/// <param name="Test">The test's name.</param>
/// <param name="P">The chance of data at least this bad if candidate and baseline were the same (one-sided).</param>
/// <param name="Effect">How much worse: Cliff's delta (-1 to 1) for times, the difference of the rates for errors.</param>
/// <param name="CandidateCount">How many values of the candidate it stands on.</param>
/// <param name="BaselineCount">How many of the baseline.</param>
public sealed record TestOutcome(string Test, double P, double Effect, long CandidateCount, long BaselineCount)
{
    /// <summary>The outcome in one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Test}: p={P:0.####}, effect={Effect:0.###}, n={CandidateCount}/{BaselineCount}");
}
