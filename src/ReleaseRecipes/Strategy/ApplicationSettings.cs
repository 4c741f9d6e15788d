namespace ReleaseRecipes.Strategy;

/// <summary>What is released: how it is built, what of it is kept, how it is started.</summary>
public sealed record ApplicationSettings
{
    /// <summary>The application's name; the repository's folder or remote name where null.</summary>
    public string? Name { get; init; }

    /// <summary>The command that builds it, run by the shell with RELEASE_VERSION, RELEASE_TAG and RELEASE_COMMIT set; null: nothing to build.</summary>
    public string? Build { get; init; }

    /// <summary>Globs of the files that the build leaves behind, relative to the repository's root.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];

    /// <summary>The command that starts one instance; <c>{port}</c> is replaced. Provider local.</summary>
    public string? Start { get; init; }

    /// <summary>The path that answers 2xx when an instance is healthy.</summary>
    public string HealthPath { get; init; } = "/healthz";

    /// <summary>The container image without a tag. Provider kubernetes.</summary>
    public string? Image { get; init; }

    /// <summary>The image's tag; <c>{version}</c>, <c>{tag}</c> and <c>{commit}</c> are replaced.</summary>
    public string ImageTag { get; init; } = "{version}";
}
