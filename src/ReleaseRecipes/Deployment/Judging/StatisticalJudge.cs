using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Compares the candidate's response times (Mann-Whitney) and errors (Fisher exact) with those of the stable version in the same time.
/// <list type="bullet">
/// <item>Breached: p below 0.005 and a difference that matters (response times: Cliff's delta of at least 0.147 and a mean or median at least a tenth
/// higher; errors: at least 0.1 percentage points).</item>
/// <item>Inconclusive: p below 0.1 and a difference that matters, fewer than five values on a side, or nothing to compare. Few values that look bad
/// are no pass.</item>
/// <item>Good: all else.</item>
/// </list>
/// </summary>
public sealed class StatisticalJudge(int minRequests) : IJudge
{
    const double Certain = 0.005;
    const double Suspicious = 0.1;
    const double SmallDelta = 0.147;
    const double Slower = 1.1;
    const double MoreErrors = 0.001;
    const int Fewest = 5;

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

        var findings = new[] { Times(measurement), Errors(measurement) }.OfType<Judgement>().ToList();
        return findings.Count == 0
            ? new Judgement(Finding.Inconclusive, "there are neither response times nor error counts of both versions to compare")
            : new Judgement(Worst(findings), string.Join("; ", findings.Select(finding => finding.Reason)));
    }

    static Judgement? Times(Measurement measured)
    {
        var (candidate, baseline) = (measured.CandidateLatencies, measured.BaselineLatencies);
        if (candidate.Count == 0 && baseline.Count == 0)
        {
            return null;
        }

        if (candidate.Count < Fewest || baseline.Count < Fewest || !candidate.Concat(baseline).All(double.IsFinite))
        {
            return new Judgement(
                Finding.Inconclusive,
                $"response times: {candidate.Count} against {baseline.Count} values, {Fewest} needed"
            );
        }

        var outcome = MannWhitney.Greater(candidate, baseline);
        var matters =
            outcome.Effect >= SmallDelta
            && (candidate.Average() > Slower * baseline.Average() || Median(candidate) > Slower * Median(baseline));
        return Said(outcome, "response times", matters);
    }

    static Judgement? Errors(Measurement measured) =>
        Count(measured.Candidate, measured.Requests) is { } candidate && Count(measured.Baseline, null) is { } baseline
            ? baseline.Requests == 0 || candidate.Requests == 0
                ? new Judgement(Finding.Inconclusive, "errors: one of the versions had no requests")
                : Errors(FisherExact.Greater(candidate.Errors, candidate.Requests, baseline.Errors, baseline.Requests))
            : null;

    static Judgement Errors(TestOutcome outcome) => Said(outcome, "errors", outcome.Effect >= MoreErrors);

    static Judgement Said(TestOutcome outcome, string what, bool matters) =>
        new(
            !matters || outcome.P >= Suspicious ? Finding.Good
                : outcome.P < Certain ? Finding.Breached
                : Finding.Inconclusive,
            $"{what}: {outcome}"
        );

    static (long Errors, long Requests)? Count(IReadOnlyDictionary<string, Quantity> values, long? requests)
    {
        if (!values.TryGetValue("error_rate", out var rate) || !double.IsFinite(rate.Value))
        {
            return null;
        }

        var count = requests ?? (values.TryGetValue("requests", out var said) && double.IsFinite(said.Value) ? (long)said.Value : null);
        return count is { } known ? ((long)Math.Round(rate.Value * known), known) : null;
    }

    static Finding Worst(IReadOnlyList<Judgement> findings) =>
        findings.Any(finding => finding.Finding == Finding.Breached) ? Finding.Breached
        : findings.All(finding => finding.Finding == Finding.Good) ? Finding.Good
        : Finding.Inconclusive;

    static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
