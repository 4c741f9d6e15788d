namespace ReleaseRecipes.Deployment;

/// <summary>Stops the stable version, then starts the candidate: for applications of which two versions must never run at once.</summary>
public sealed class RecreateStrategy : IDeploymentStrategy
{
    public string Name => "recreate";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        rollout.Stable is null ? FirstDeployment.Plan(rollout) : [new StopStable(), .. FirstDeployment.Plan(rollout)];
}
