using System.Globalization;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Packaging;

/// <summary>
/// Keeps a copy of each release's artefacts under the git directory, so that what was hashed, approved and verified in one environment
/// is the very thing that the next one gets, whatever happens to the work tree.
/// </summary>
public sealed class ArtifactStore(string gitDirectory)
{
    readonly string packages = Path.Combine(gitDirectory, "release-recipes", "packages");

    /// <summary>Copies files from the work tree into the store and hashes them.</summary>
    /// <exception cref="ReleaseException">A file is a link that leaves the work tree.</exception>
    public async Task<ReleasePackage> KeepAsync(string root, IReadOnlyList<string> files, CancellationToken cancel)
    {
        Directory.CreateDirectory(packages);
        Sweep();
        var incoming = Path.Combine(packages, $".incoming-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var file in files)
            {
                hashes[file] = await CopyAsync(Inside(root, file), Path.Combine(incoming, file), cancel);
            }

            Directory.CreateDirectory(incoming);
            var digest = ArtifactDigest.Of(hashes);
            var kept = Folder(digest);
            await PlaceAsync(incoming, kept, digest, hashes, cancel);
            return new ReleasePackage(digest, kept, hashes);
        }
        catch
        {
            if (Directory.Exists(incoming))
            {
                Directory.Delete(incoming, recursive: true);
            }

            throw;
        }
    }

    /// <summary>The package as it was kept, checked against its hashes; null where this machine does not have it whole.</summary>
    public async Task<ReleasePackage?> FindAsync(string digest, IReadOnlyDictionary<string, string> hashes, CancellationToken cancel)
    {
        foreach (var (file, hash) in hashes)
        {
            var path = Path.Combine(Folder(digest), file);
            if (!File.Exists(path) || await ArtifactDigest.OfFileAsync(path, cancel) != hash)
            {
                return null;
            }
        }

        return ArtifactDigest.Of(hashes) == digest ? new ReleasePackage(digest, Folder(digest), hashes) : null;
    }

    async Task PlaceAsync(string incoming, string kept, string digest, IReadOnlyDictionary<string, string> hashes, CancellationToken cancel)
    {
        while (!TryMove(incoming, kept))
        {
            // The same package was kept before, or by another build in this moment; only one that was changed since gives way.
            if (await FindAsync(digest, hashes, cancel) is not null)
            {
                Directory.Delete(incoming, recursive: true);
                return;
            }

            TryMove(kept, $"{kept}.{Guid.NewGuid():N}.changed");
        }
    }

    /// <summary>Removes what builds that were killed left half copied.</summary>
    void Sweep()
    {
        foreach (var left in Directory.EnumerateDirectories(packages, ".incoming-*"))
        {
            if (
                int.TryParse(Path.GetFileName(left).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ProcessIdentity.Of(id) is null
            )
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    static bool TryMove(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (Directory.Exists(to) || !Directory.Exists(from))
        {
            return false;
        }
    }

    string Folder(string digest) => Path.Combine(packages, digest);

    static string Inside(string root, string file)
    {
        var real = Real(Path.GetFullPath(Path.Combine(root, file)));
        return real.StartsWith(Real(Path.GetFullPath(root)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? real
            : throw new ReleaseException(
                $"The artefact {file} leads out of the repository.",
                $"It is {real}.",
                "List only files inside the repository under application.artifacts."
            );
    }

    /// <summary>Where a path leads when every link on its way is followed.</summary>
    static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target ? Real(target) : here;
    }

    static async Task<string> CopyAsync(string from, string to, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        // Hashing the copy, not the original: what is hashed is what is deployed.
        return await ArtifactDigest.OfFileAsync(to, cancel);
    }
}
