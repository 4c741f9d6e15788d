namespace ReleaseRecipes.Deployment;

/// <summary>
/// The Mann-Whitney U test of "the candidate's values are greater". Exact, ties included, up to 50 values in all; above that the normal
/// approximation with corrections for ties and continuity.
/// </summary>
public static class MannWhitney
{
    const int ExactUpTo = 50;

    /// <summary>The test's outcome, with Cliff's delta as its effect: how much more often a value of the candidate is the greater one than the smaller one.</summary>
    public static TestOutcome Greater(IReadOnlyList<double> candidate, IReadOnlyList<double> baseline)
    {
        var (n, m) = (candidate.Count, baseline.Count);
        var ranks = DoubledRanks([.. candidate, .. baseline]);
        // Doubled, so that the middle ranks of ties are whole numbers too.
        var sum = ranks.Take(n).Sum();
        var u = (sum / 2.0) - (n * (n + 1) / 2.0);
        var p = n + m <= ExactUpTo ? Exact(ranks, n, sum) : Approximate(ranks, n, m, u);
        return new TestOutcome("Mann-Whitney", p, n == 0 || m == 0 ? 0 : (2 * u / ((double)n * m)) - 1, n, m);
    }

    static long[] DoubledRanks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(index => values[index]).ToArray();
        var ranks = new long[values.Length];
        for (var first = 0; first < order.Length; )
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]].Equals(values[order[first]]))
            {
                last++;
            }

            for (var at = first; at <= last; at++)
            {
                ranks[order[at]] = first + last + 2;
            }

            first = last + 1;
        }

        return ranks;
    }

    /// <summary>Counts, among all ways to choose the candidate's values, those with at least this sum of ranks.</summary>
    static double Exact(long[] ranks, int chosen, long sum)
    {
        var most = (int)ranks.Sum();
        var ways = new double[chosen + 1, most + 1];
        ways[0, 0] = 1;
        foreach (var rank in ranks)
        {
            for (var count = chosen; count > 0; count--)
            {
                for (var total = most; total >= rank; total--)
                {
                    ways[count, total] += ways[count - 1, total - rank];
                }
            }
        }

        var (all, extreme) = (0.0, 0.0);
        for (var total = 0; total <= most; total++)
        {
            all += ways[chosen, total];
            extreme += total >= sum ? ways[chosen, total] : 0;
        }

        return extreme / all;
    }

    static double Approximate(long[] ranks, double n, double m, double u)
    {
        var all = n + m;
        var ties = ranks.GroupBy(rank => rank).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        var deviation = Math.Sqrt(n * m / 12 * (all + 1 - (ties / (all * (all - 1)))));
        return deviation > 0 ? NormalTail.Above((u - (n * m / 2) - 0.5) / deviation) : 1;
    }
}
