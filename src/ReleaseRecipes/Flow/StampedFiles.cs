using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Flow;

/// <summary>The files that a release writes its version into, in the work tree, before they are committed.</summary>
public sealed class StampedFiles(ReleaseSession release)
{
    /// <summary>Their paths, whether they are there or not: the files of what is released, the lock files beside them, the changelogs.</summary>
    public IReadOnlyList<string> Paths =>
        [
            .. release
                .Parted.SelectMany(part =>
                    part.Files.SelectMany(WithLock).Concat(part.Changelog is { } changelog ? [changelog] : (string[])[])
                )
                .Distinct(),
        ];

    /// <summary>Writes the versions into them; doing it again changes nothing.</summary>
    public async Task StampAsync(CancellationToken cancel)
    {
        foreach (var part in release.Parted)
        {
            await VersionFiles.StampAsync(release.Git.Root, part.Files, part.Version, cancel);
        }
    }

    /// <summary>Those that differ from HEAD.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(CancellationToken cancel)
    {
        var there = Paths.Where(path => File.Exists(Path.Combine(release.Git.Root, path))).ToList();
        if (there.Count == 0)
        {
            return [];
        }

        var status = await release.Git.TryAsync(["status", "--porcelain", "-z", "--no-renames", "--", .. there], cancel: cancel);
        return [.. status.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry[3..])];
    }

    /// <summary>Those that a release commit may hold: tracked, or new and not ignored.</summary>
    public async Task<IReadOnlyList<string>> CommittableAsync(CancellationToken cancel)
    {
        if (Paths.Count == 0)
        {
            return [];
        }

        var tracked = await release.Git.TryAsync(["ls-files", "-z", "--", .. Paths], cancel: cancel);
        return [.. tracked.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Union(await ChangedAsync(cancel))];
    }

    /// <summary>Puts them back as HEAD has them, where a release ends before its commit.</summary>
    public async Task RestoreAsync(ReleaseProgress progress, CancellationToken cancel)
    {
        if (progress.Tags.Count > 0 || progress.Package is null)
        {
            return;
        }

        foreach (var path in await ChangedAsync(cancel))
        {
            if ((await release.Git.TryAsync(["checkout", "--quiet", "HEAD", "--", path], cancel: cancel)).Succeeded)
            {
                release.Terminal.Line($"  {path} is as it was", Tone.Quiet);
            }
        }
    }

    // "path:pattern" names a file and where in it the version stands.
    static IEnumerable<string> WithLock(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var path = colon < 0 ? entry : entry[..colon];
        var folder = path[..(path.LastIndexOf('/') + 1)];
        return Path.GetFileName(path) switch
        {
            "package.json" => [path, $"{folder}package-lock.json"],
            "Cargo.toml" => [path, $"{folder}Cargo.lock"],
            _ => [path],
        };
    }
}
