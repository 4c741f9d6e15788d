namespace ReleaseRecipes.Deployment;

/// <summary>
/// Replaces the instances a few at a time; traffic follows the instances. <c>max_surge</c> rounds up and <c>max_unavailable</c> down, as in
/// Kubernetes (25% of 3: one more, none fewer), and where both come to 0 one more is allowed. One instance of the stable version is kept,
/// at last without traffic, until the candidate is verified: the way back is short then.
/// </summary>
public sealed class RollingStrategy : IDeploymentStrategy
{
    public string Name => "rolling";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        rollout.Stable is null
            ? FirstDeployment.Plan(rollout)
            : [.. Replacing(rollout), new Shift(100), Steps.Watch(rollout), new Promote(), new Retire(TimeSpan.Zero)];

    /// <summary>A single instance is replaced at one go.</summary>
    static IEnumerable<Move> Replacing(Rollout rollout) =>
        rollout.Environment.Replicas == 1
            ? [new Install(1), .. Steps.Smoke(rollout)]
            : Replace(rollout).SelectMany((scale, at) => AfterScale(rollout, scale, first: at == 0));

    /// <summary>The smoke test needs an instance to run against, and comes before that instance's first traffic: hence an install of its own.</summary>
    static IEnumerable<Move> AfterScale(Rollout rollout, Scale scale, bool first)
    {
        var smoke = Steps.Smoke(rollout).ToList();
        IEnumerable<Move> before = first && smoke.Count > 0 && scale.Candidate > 0 ? [new Install(scale.Candidate), .. smoke] : [];
        // With all instances of the candidate up, what follows sends it everything and watches that.
        return scale.Candidate == rollout.Environment.Replicas ? [.. before, scale] : [.. before, scale, Steps.Watch(rollout)];
    }

    static IEnumerable<Scale> Replace(Rollout rollout)
    {
        var wanted = rollout.Environment.Replicas;
        var surge = InstanceCount.Of(rollout.Environment.MaxSurge, wanted, roundUp: true);
        var unavailable = InstanceCount.Of(rollout.Environment.MaxUnavailable, wanted, roundUp: false);
        // One instance of the stable version stays to the end, so that without a surge the last of the candidate would never fit in.
        surge = Math.Max(surge, 1);
        var (candidate, stable) = (0, wanted);
        while (candidate < wanted)
        {
            candidate = Math.Min(wanted, wanted + surge - stable);
            stable = Math.Max(1, Math.Min(stable, wanted - unavailable - candidate));
            yield return new Scale(candidate, stable);
        }
    }
}
