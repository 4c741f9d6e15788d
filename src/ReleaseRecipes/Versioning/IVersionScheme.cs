using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>A way to count versions, chosen in the strategy file by <c>scheme:</c>.</summary>
public interface IVersionScheme
{
    /// <summary>Reads a version of this scheme, without a tag's prefix. Null: the text is none.</summary>
    ReleaseVersion? Parse(string text);

    /// <summary>The release after <paramref name="previous"/>; always greater than it, unless the bump is none.</summary>
    /// <param name="previous">The last release.</param>
    /// <param name="bump">How far to move.</param>
    /// <param name="date">The day of the release, for schemes that count days.</param>
    ReleaseVersion Next(ReleaseVersion previous, Bump bump, DateOnly date);

    /// <summary>The first release of all.</summary>
    ReleaseVersion First(DateOnly date);
}

/// <summary>The schemes there are.</summary>
public static class VersionSchemes
{
    /// <summary>The scheme of a strategy.</summary>
    public static IVersionScheme Of(VersioningSettings settings) =>
        settings.Scheme switch
        {
            VersionScheme.Calendar => new CalendarScheme(settings),
            VersionScheme.Sequential => new SequentialScheme(settings),
            _ => new SemanticScheme(settings),
        };
}
