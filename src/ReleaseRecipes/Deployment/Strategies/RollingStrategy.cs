namespace ReleaseRecipes.Deployment;

/// <summary>
/// Replaces the instances a few at a time; traffic follows the instances. <c>max_surge</c> rounds up and <c>max_unavailable</c> down, and where both
/// come to 0 one may be missing, as in Kubernetes (25% of 3: one more, none fewer). One instance of the stable version is kept, at last without
/// traffic, until the candidate is verified: the way back is short then. Without a surge the candidate's last instance takes its place.
/// </summary>
public sealed class RollingStrategy : IDeploymentStrategy
{
    public string Name => "rolling";

    public IReadOnlyList<Move> Plan(Rollout rollout)
    {
        var environment = rollout.Environment;
        if (rollout.Stable is null)
        {
            return FirstDeployment.Plan(rollout);
        }

        var wanted = environment.Replicas;
        var surge = InstanceCount.Of(environment.MaxSurge, wanted, roundUp: true);
        var unavailable = InstanceCount.Of(environment.MaxUnavailable, wanted, roundUp: false);
        if (wanted == 1)
        {
            // The only instance is replaced at one go, and beside the old one whatever the surge: to serve nothing meanwhile is to recreate.
            return [new Install(1), .. Steps.Smoke(rollout), .. Ending(rollout)];
        }

        var scales = Replace(wanted, surge, surge + unavailable == 0 ? 1 : unavailable).ToList();
        IEnumerable<Move> last = scales[^1].Candidate < wanted ? [new Scale(wanted, 0)] : [];
        return [.. scales.SelectMany(scale => WithWatch(rollout, scales, scale)), .. Ending(rollout), .. last];
    }

    static IEnumerable<Move> Ending(Rollout rollout) => [new Shift(100), Steps.Watch(rollout), new Promote(), new Retire(TimeSpan.Zero)];

    /// <summary>The smoke test needs an instance to run against, and comes before that instance's first traffic: hence an install of its own.</summary>
    static IEnumerable<Move> WithWatch(Rollout rollout, List<Scale> scales, Scale scale)
    {
        var smoke = Steps.Smoke(rollout).ToList();
        var isFirst = scale == scales.First(one => one.Candidate > 0);
        IEnumerable<Move> before = isFirst && smoke.Count > 0 ? [new Install(scale.Candidate), .. smoke] : [];
        // Without an instance there is nothing to watch, and after the last scale what follows sends the candidate everything and watches that.
        IEnumerable<Move> after = scale.Candidate == 0 || scale == scales[^1] ? [] : [Steps.Watch(rollout)];
        return [.. before, scale, .. after];
    }

    /// <summary>At no time more than <paramref name="wanted"/> and the surge run; none fewer than may be missing serve.</summary>
    static IEnumerable<Scale> Replace(int wanted, int surge, int unavailable)
    {
        var (candidate, stable) = (0, wanted);
        while (true)
        {
            var more = Math.Min(wanted, wanted + surge - stable);
            var fewer = Math.Max(1, Math.Min(stable, wanted - unavailable - more));
            if ((more, fewer) == (candidate, stable))
            {
                yield break;
            }

            (candidate, stable) = (more, fewer);
            yield return new Scale(candidate, stable);
        }
    }
}
