using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>The files that a release writes its version into, in the work tree, before they are committed.</summary>
public sealed class StampedFiles(ReleaseSession release)
{
    /// <summary>Puts them back as HEAD has them, where a release ends before its commit.</summary>
    public async Task RestoreAsync(ReleaseProgress progress, CancellationToken cancel)
    {
        if (progress.TaggedCommit is not null || progress.Package is null)
        {
            return;
        }

        string[] own = [.. release.Strategy.Versioning.Files, .. release.Strategy.Changelog.File is { } file ? [file] : (string[])[]];
        foreach (var path in own)
        {
            var known = await release.Git.TryAsync(["ls-files", "--error-unmatch", "--", path], cancel: cancel);
            if (known.Succeeded && (await release.Git.TryAsync(["checkout", "--quiet", "HEAD", "--", path], cancel: cancel)).Succeeded)
            {
                release.Terminal.Line($"  {path} is as it was", Tone.Quiet);
            }
        }
    }
}
