using ReleaseRecipes.Deployment;

/// <summary>Watches before anybody is served, and again afterwards. A strategy only plans: what performs, waits and goes back is the recipe.</summary>
sealed class TastingStrategy : IDeploymentStrategy
{
    public string Name => "tasting";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        [new Install(1), Watch(rollout), new Shift(100), Watch(rollout), new Promote(), .. Retire(rollout)];

    static Watch Watch(Rollout rollout) => new(rollout.Environment.Interval, rollout.Environment.Measurements);

    // Where nothing was deployed before, there is nothing to retire.
    static IEnumerable<Move> Retire(Rollout rollout) => rollout.Stable is null ? [] : [new Retire(TimeSpan.Zero)];
}

/// <summary>A canary without small steps, in place of ours: of two parts with one name the build's own wins.</summary>
sealed class BraveCanaryStrategy : IDeploymentStrategy
{
    public string Name => "canary";

    public IReadOnlyList<Move> Plan(Rollout rollout) =>
        [
            new Install(1),
            new Shift(100),
            new Watch(rollout.Environment.Interval, rollout.Environment.Measurements),
            new Promote(),
            .. rollout.Stable is null ? Array.Empty<Move>() : [new Retire(TimeSpan.Zero)],
        ];
}
