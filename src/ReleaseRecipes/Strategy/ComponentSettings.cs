namespace ReleaseRecipes.Strategy;

/// <summary>What becomes of a component when one that it depends on is released and it has no change of its own that asks for as much.</summary>
public enum DependencyBump
{
    /// <summary>It gets a patch: what users install of it holds the new dependency.</summary>
    Patch,

    /// <summary>It takes the dependency's bump: what breaks there breaks here.</summary>
    Same,

    /// <summary>Nothing: it is released when its own files change.</summary>
    None,
}

/// <summary>One part of a repository with a version, tags and a changelog of its own.</summary>
/// <param name="Name">Its name, part of the release's name.</param>
public sealed record ComponentSettings(string Name)
{
    /// <summary>Its folders and files, relative to the root: a commit that changes one of them belongs to it. <c>.</c> is the whole repository.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What stands before the version in its tags; <c>name/v</c> where null.</summary>
    public string? TagPrefix { get; init; }

    /// <summary>The files whose version is read as a source and stamped, relative to the root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The changelog that is kept, relative to the root; null: none.</summary>
    public string? Changelog { get; init; }

    /// <summary>The names of the components that are versioned, built and tagged before it.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public DependencyBump DependencyBump { get; init; } = DependencyBump.Patch;

    /// <summary>The command that builds it when it is released; null: nothing, or <c>application.build</c> does.</summary>
    public string? Build { get; init; }

    /// <summary>Globs of the files that its build leaves behind, relative to the root.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];

    /// <summary>The prefix that is in force.</summary>
    public string Prefix => TagPrefix ?? $"{Name}/v";
}
