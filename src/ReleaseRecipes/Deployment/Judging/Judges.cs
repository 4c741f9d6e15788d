using ReleaseRecipes.Strategy;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Deployment;

/// <summary>The judge that an environment asks for.</summary>
public static class Judges
{
    /// <summary>The judge; null where the strategy file names no condition, and the target's health alone decides.</summary>
    public static IJudge? For(EnvironmentSettings environment)
    {
        var judges = new List<IJudge>();
        if (environment.RollbackThreshold is { Length: > 0 } condition)
        {
            judges.Add(new ThresholdJudge(Threshold.Parse(condition), environment.MinRequests));
        }

        if (environment.Judge == "statistical")
        {
            judges.Add(new StatisticalJudge(environment.MinRequests));
        }

        return judges.Count == 0 ? null : new JudgesInCouncil(judges);
    }
}
