namespace ReleaseRecipes.Deployment;

/// <summary>The moves that all strategies have in common.</summary>
static class Steps
{
    /// <summary>The smoke test, where the environment has one.</summary>
    public static IEnumerable<Move> Smoke(Rollout rollout) =>
        string.IsNullOrWhiteSpace(rollout.Environment.SmokeTest) ? [] : [new Smoke(rollout.Environment.SmokeTest)];

    /// <summary>One interval of watching.</summary>
    public static Watch Watch(Rollout rollout) => new(rollout.Environment.Interval, rollout.Environment.Measurements);
}
