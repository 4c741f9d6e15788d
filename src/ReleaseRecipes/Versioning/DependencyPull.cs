namespace ReleaseRecipes.Versioning;

/// <summary>What the release of something that a component depends on asks for, whether or not a commit of its own does.</summary>
/// <param name="Bump">At least this.</param>
/// <param name="Reason">What was released: <c>core 1.1.0, which it depends on</c>.</param>
public sealed record DependencyPull(Bump Bump, string Reason);
