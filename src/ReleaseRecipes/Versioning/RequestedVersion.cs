using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Understands what the command line asks for.</summary>
static class RequestedVersion
{
    /// <summary>The version of <c>--release-version</c>, with or without the tag's prefix.</summary>
    /// <exception cref="ReleaseException">It is none of the strategy's scheme.</exception>
    public static ReleaseVersion Parse(string text, VersioningSettings settings, IVersionScheme scheme)
    {
        var bare = text.StartsWith(settings.TagPrefix, StringComparison.Ordinal) ? text[settings.TagPrefix.Length..] : text;
        return scheme.Parse(text)
            ?? scheme.Parse(bare)
            ?? throw new ReleaseException(
                $"'{text}' is no version of the {settings.Scheme.ToString().ToLowerInvariant()} scheme.",
                "--release-version",
                $"Write it such as {scheme.First(new DateOnly(2026, 1, 31))}.",
                ExitCodes.WrongInput
            );
    }

    /// <summary>The bump of <c>--type</c>. Null: the commits decide.</summary>
    /// <exception cref="ReleaseException">There is no such type.</exception>
    public static Bump? Bump(string type, Bump byCommits) =>
        type switch
        {
            "auto" or "" => null,
            "major" => Versioning.Bump.Major,
            "minor" => Versioning.Bump.Minor,
            "patch" or "hotfix" => Versioning.Bump.Patch,
            "prerelease" => BumpTable.Max(byCommits, Versioning.Bump.Patch),
            _ => throw new ReleaseException(
                $"--type={type} is none.",
                "--type",
                "Write --type=auto, major, minor, patch, prerelease or hotfix.",
                ExitCodes.WrongInput
            ),
        };
}
