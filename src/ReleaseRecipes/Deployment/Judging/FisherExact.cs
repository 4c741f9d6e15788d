namespace ReleaseRecipes.Deployment;

/// <summary>
/// Fisher's exact test of "the candidate's error rate is greater", right also where the baseline has no error at all. With more than 10,000
/// errors the two-proportion test, which is the same there.
/// </summary>
public static class FisherExact
{
    const long ExactUpTo = 10_000;

    /// <summary>The test's outcome, with the difference of the rates as its effect.</summary>
    public static TestOutcome Greater(long candidateErrors, long candidateRequests, long baselineErrors, long baselineRequests)
    {
        var errors = candidateErrors + baselineErrors;
        var effect = Rate(candidateErrors, candidateRequests) - Rate(baselineErrors, baselineRequests);
        return errors <= ExactUpTo
            ? new TestOutcome(
                "Fisher exact",
                Exact(candidateErrors, errors, candidateRequests, baselineRequests),
                effect,
                candidateRequests,
                baselineRequests
            )
            : new TestOutcome(
                "two proportions",
                TwoProportions(errors, candidateRequests, baselineRequests, effect),
                effect,
                candidateRequests,
                baselineRequests
            );
    }

    static double Exact(long candidateErrors, long errors, long candidate, long baseline)
    {
        var all = LogChoose(candidate + baseline, errors);
        var p = 0.0;
        for (var k = candidateErrors; k <= Math.Min(errors, candidate); k++)
        {
            p += errors - k > baseline ? 0 : Math.Exp(LogChoose(candidate, k) + LogChoose(baseline, errors - k) - all);
        }

        return Math.Min(1, p);
    }

    static double TwoProportions(long errors, double candidate, double baseline, double effect)
    {
        var pooled = errors / (candidate + baseline);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1 / candidate) + (1 / baseline)));
        return deviation > 0 ? NormalTail.Above(effect / deviation) : 1;
    }

    static double Rate(long errors, long requests) => requests == 0 ? 0 : (double)errors / requests;

    static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>Stirling's series, shifted to where it is exact to 12 digits.</summary>
    static double LogFactorial(long n)
    {
        var (x, shift) = (n + 1.0, 0.0);
        for (; x < 10; x++)
        {
            shift += Math.Log(x);
        }

        return ((x - 0.5) * Math.Log(x))
            - x
            + (0.5 * Math.Log(2 * Math.PI))
            + (1 / (12 * x))
            - (1 / (360 * Math.Pow(x, 3)))
            + (1 / (1260 * Math.Pow(x, 5)))
            - shift;
    }
}
