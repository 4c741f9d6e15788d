using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>Breached while the <c>rollback_threshold</c> holds; inconclusive while it cannot be known. Never healthy for want of evidence.</summary>
public sealed class ThresholdJudge(Threshold threshold, int minRequests) : IJudge
{
    public Judgement Judge(Measurement measurement)
    {
        if (measurement.Problem is { } problem)
        {
            return new Judgement(Finding.Error, problem);
        }

        if (measurement.Requests < minRequests)
        {
            return new Judgement(Finding.TooFew, $"{measurement.Requests} requests, {minRequests} needed");
        }

        var evaluation = threshold.Evaluate(measurement.Candidate, measurement.Baseline);
        return new Judgement(
            evaluation.Answer switch
            {
                Answer.Yes => Finding.Breached,
                Answer.No => Finding.Good,
                _ => Finding.Inconclusive,
            },
            evaluation.Text
        );
    }
}
