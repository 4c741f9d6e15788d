namespace ReleaseRecipes.Strategy.Reading;

/// <summary>One thing that is wrong with a strategy file.</summary>
/// <param name="Path">The key, from the top: <c>release_strategy.deployment_strategy.production.canary_percentage[2]</c>; empty for the file as a whole.</param>
/// <param name="Place">Where in the file.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Todo">What is allowed, or what was probably meant.</param>
public sealed record StrategyProblem(string Path, Place Place, string What, string Todo);
