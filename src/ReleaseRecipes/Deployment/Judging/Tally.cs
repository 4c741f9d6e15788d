using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// The measurements of one watch, counted.
/// <list type="bullet">
/// <item>A breached measurement is a failure. More failures than <c>failure_limit</c>: breached, at once. With 0 the first one takes the candidate back.</item>
/// <item>A measurement that could not be taken is an error. More errors in a row than <c>error_limit</c>: without evidence, at once. Any measurement that was taken ends the row.</item>
/// <item>A measurement that does not tell (no data, NaN) is inconclusive. More than <c>inconclusive_limit</c> of them: without evidence, at the end of the watch, since a breach may still show.</item>
/// <item>A measurement with fewer requests than <c>min_requests</c> is not counted yet: its time is measured again together with the next one's. The last one is
/// measured over the whole watch, and counts as inconclusive where even that is too few.</item>
/// <item>At the end, a watch without a single good measurement passes nothing, whatever the limits.</item>
/// </list>
/// </summary>
public sealed record Tally(EnvironmentSettings Environment)
{
    public int Good { get; init; }
    public int Failures { get; init; }
    public int Inconclusive { get; init; }
    public int ErrorsInARow { get; init; }

    /// <summary>The reason of the last finding that was not good.</summary>
    public string LastReason { get; init; } = "nothing was measured";

    /// <summary>The tally with one more measurement.</summary>
    public Tally Add(Judgement judgement) =>
        judgement.Finding switch
        {
            Finding.Good => this with { Good = Good + 1, ErrorsInARow = 0 },
            Finding.Breached => this with { Failures = Failures + 1, ErrorsInARow = 0, LastReason = judgement.Reason },
            Finding.Error => this with { ErrorsInARow = ErrorsInARow + 1, LastReason = judgement.Reason },
            _ => this with { Inconclusive = Inconclusive + 1, ErrorsInARow = 0, LastReason = judgement.Reason },
        };

    /// <summary>Whether the candidate has to be taken back now.</summary>
    public bool IsBreached => Failures > Environment.FailureLimit;

    /// <summary>Whether measuring on is of no use.</summary>
    public bool IsBlind => ErrorsInARow > Environment.ErrorLimit;

    /// <summary>Whether, now that the watch is over, the candidate may go on.</summary>
    public bool Passes => !IsBreached && !IsBlind && Inconclusive <= Environment.InconclusiveLimit && Good > 0;
}
