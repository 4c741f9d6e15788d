using ReleaseRecipes.Output;

namespace ReleaseRecipes.Deployment;

/// <summary>Who does what in one run of a rollout.</summary>
sealed record RolloutCrew(
    ITarget Target,
    TargetMover Mover,
    Watcher Watcher,
    SmokeTester SmokeTester,
    TimeProvider Clock,
    Terminal Terminal
);
