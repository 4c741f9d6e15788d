namespace ReleaseRecipes.Strategy;

/// <summary>How versions are named (https://semver.org, https://calver.org).</summary>
public enum VersionScheme
{
    Semantic,
    Calendar,
    Sequential,
}

/// <summary>How the next version is found and written down.</summary>
public sealed record VersioningSettings
{
    public VersionScheme Scheme { get; init; } = VersionScheme.Semantic;

    /// <summary>MAJOR.MINOR.PATCH, the tokens of calver.org, or BUILD; the scheme's default where null.</summary>
    public string? Format { get; init; }

    /// <summary>The label of pre-releases: <c>rc</c> makes 1.4.0-rc.1.</summary>
    public string PreReleaseSuffix { get; init; } = "rc";

    /// <summary>Whether <c>+sha</c> is added in the record and the artefacts (never in the tag).</summary>
    public bool BuildMetadata { get; init; } = true;
    public string TagPrefix { get; init; } = "v";

    /// <summary>The first version of a repository without a version tag.</summary>
    public string InitialVersion { get; init; } = "0.1.0";

    /// <summary>Files whose version is read as a source and stamped at release, relative to the repository's root.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Commit type to bump: <c>major</c>, <c>minor</c>, <c>patch</c> or <c>none</c>; replaces single entries of the usual table.</summary>
    public IReadOnlyDictionary<string, string> Bumps { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether only the specification's letter counts as a breaking footer (<c>breaking_footer: strict</c>).</summary>
    public bool StrictBreakingFooter { get; init; }

    /// <summary>Whether a breaking change below 1.0.0 raises the minor version only (<c>zero_major: minor</c>).</summary>
    public bool ZeroMajorBumpsMinor { get; init; }
}
