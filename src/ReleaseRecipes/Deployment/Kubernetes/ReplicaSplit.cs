namespace ReleaseRecipes.Deployment;

/// <summary>
/// How many pods of each version make a share of the traffic where a Service spreads it over pods. The stable version keeps all of its pods as long
/// as the candidate has enough to reach its share; then the stable version has fewer. Shares are rounded to the nearest whole pod, halves up, and
/// each version has at least one: with 4 pods, 10% is 1 of 5.
/// </summary>
static class ReplicaSplit
{
    public static (int Candidate, int Stable) Of(int candidateWeight, int candidate, int stable)
    {
        var wanted = Nearest((double)candidateWeight / (100 - candidateWeight) * stable);
        return wanted <= candidate
            ? (wanted, stable)
            : (candidate, Math.Min(stable, Nearest((double)(100 - candidateWeight) / candidateWeight * candidate)));
    }

    static int Nearest(double pods) => Math.Max(1, (int)Math.Round(pods, MidpointRounding.AwayFromZero));
}
