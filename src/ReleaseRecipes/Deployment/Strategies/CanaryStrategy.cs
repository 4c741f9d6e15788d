namespace ReleaseRecipes.Deployment;

/// <summary>Moves traffic to the candidate in growing shares, watching after each.</summary>
public sealed class CanaryStrategy : IDeploymentStrategy
{
    public string Name => "canary";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        rollout.Stable is null
            ? FirstDeployment.Plan(rollout)
            :
            [
                new Install(rollout.Environment.Replicas),
                .. Steps.Smoke(rollout),
                .. rollout.Environment.CanaryPercentage.SelectMany(weight => (Move[])[new Shift(weight), Steps.Watch(rollout)]),
                new Promote(),
                new Retire(TimeSpan.Zero),
            ];
}
