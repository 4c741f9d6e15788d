using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Components;

/// <summary>The next version of one component; <see cref="VersionDecision.Nothing"/> where this release leaves it as it is.</summary>
/// <param name="Name">The component's name.</param>
/// <param name="Decision">Its version and why. Where it never was released and is not now, its version is empty.</param>
public sealed record ComponentVersion(string Name, VersionDecision Decision);
