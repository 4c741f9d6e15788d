using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Versioning;

/// <summary>Holds the versions in the repository's files against its tags.</summary>
static class VersionSources
{
    /// <summary>The history with what its files say: the first version where no tag names one, a warning where they contradict the tags.</summary>
    public static async Task<History> CheckAsync(History history, string root, VersioningSettings settings, CancellationToken cancel)
    {
        if (settings.Files.Count == 0)
        {
            return history;
        }

        var scheme = VersionSchemes.Of(settings);
        var sources = (await VersionFiles.ReadAsync(root, settings.Files, cancel))
            .Select(source => (source.File, Version: scheme.Parse(source.Version)))
            // "0.0.0-development" and the like say only that a release writes the version.
            .Where(source => source.Version is { } version && version.Numbers.Any(number => number > 0))
            .ToList();
        var released =
            history.Tags.Where(tag => tag.Commit == history.Head && !tag.Version.IsPreRelease).MaxBy(tag => tag.Version)
            ?? history.Previous;
        return history with
        {
            Source = sources.Select(source => source.Version).Max(),
            Warnings =
            [
                .. sources
                    .Where(source => released is not null && source.Version!.Release != released.Version)
                    .Select(source => $"{source.File} says {source.Version}, but the last release is {released!.Name}; the tag counts."),
            ],
        };
    }
}
