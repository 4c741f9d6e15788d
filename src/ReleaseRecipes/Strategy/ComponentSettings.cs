namespace ReleaseRecipes.Strategy;

/// <summary>One part of a repository that is released by itself, with a version, tags and a changelog of its own.</summary>
/// <param name="Name">The component's name.</param>
/// <param name="Path">Its folder, relative to the repository's root: a commit belongs to it if it changes files there.</param>
public sealed record ComponentSettings(string Name, string Path)
{
    /// <summary>What stands before the version in its tags; <c>name/v</c> where null.</summary>
    public string? TagPrefix { get; init; }

    /// <summary>The files that are stamped, relative to the root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The changelog that is kept, relative to the root; null: none.</summary>
    public string? Changelog { get; init; }

    /// <summary>The names of the components that are released before this one.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
