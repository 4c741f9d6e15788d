namespace ReleaseRecipes.Deployment;

/// <summary>What every strategy comes down to where nothing was deployed before: there is nobody to share traffic with, and nothing to go back to.</summary>
static class FirstDeployment
{
    public static IReadOnlyList<Move> Plan(Rollout rollout) =>
        [new Install(rollout.Environment.Replicas), .. Steps.Smoke(rollout), new Shift(100), Steps.Watch(rollout), new Promote()];
}
