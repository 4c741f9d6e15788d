namespace ReleaseRecipes.Deployment;

/// <summary>A target did not do what it was asked for: the rollout goes back. Never leaves the deployer; every other exception does, and the rollout is resumed later.</summary>
sealed class TargetFailure(Exception problem) : Exception(problem.Message, problem);
