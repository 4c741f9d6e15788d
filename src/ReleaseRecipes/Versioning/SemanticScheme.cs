using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Semantic Versioning 2.0.0: major, minor, patch.</summary>
/// <param name="settings">What the first version is and what breaking means below 1.0.0.</param>
public sealed class SemanticScheme(VersioningSettings settings) : IVersionScheme
{
    public ReleaseVersion? Parse(string text) => ReleaseVersion.ParseSemantic(text);

    public ReleaseVersion Next(ReleaseVersion previous, Bump bump, DateOnly date) =>
        bump switch
        {
            Bump.Major when previous.Major == 0 && settings.ZeroMajorBumpsMinor => new([0, previous.Minor + 1, 0]),
            Bump.Major => new([previous.Major + 1, 0, 0]),
            Bump.Minor => new([previous.Major, previous.Minor + 1, 0]),
            Bump.None => previous,
            _ => new([previous.Major, previous.Minor, previous.Patch + 1]),
        };

    public ReleaseVersion First(DateOnly date) =>
        Parse(settings.InitialVersion)
        ?? throw new ReleaseException(
            $"'{settings.InitialVersion}' is no semantic version.",
            "versioning.initial_version",
            "Write three numbers, such as 0.1.0.",
            ExitCodes.WrongInput
        );
}
