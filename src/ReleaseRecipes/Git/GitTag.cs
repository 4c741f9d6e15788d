namespace ReleaseRecipes.Git;

/// <summary>One tag of the repository.</summary>
/// <param name="Name">Its name without <c>refs/tags/</c>.</param>
/// <param name="Commit">The full hash of the object that it ends at, through any number of tag objects.</param>
public sealed record GitTag(string Name, string Commit);
