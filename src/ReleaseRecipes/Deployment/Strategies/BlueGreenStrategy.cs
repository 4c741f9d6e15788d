namespace ReleaseRecipes.Deployment;

/// <summary>Brings the candidate up beside the stable version, tests it there, switches all traffic at once and keeps the old one for a while.</summary>
public sealed class BlueGreenStrategy : IDeploymentStrategy
{
    public string Name => "blue_green";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        rollout.Stable is null
            ? FirstDeployment.Plan(rollout)
            :
            [
                new Install(rollout.Environment.Replicas),
                .. Steps.Smoke(rollout),
                new Shift(100),
                Steps.Watch(rollout),
                new Promote(),
                new Retire(rollout.Environment.KeepPrevious),
            ];
}
