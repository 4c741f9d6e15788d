using ReleaseRecipes.Packaging;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>Copies artefacts into a slot: all of them, only them, and exactly what was hashed.</summary>
static class SlotCopy
{
    /// <summary>Copies the files with their paths and returns each one's SHA-256.</summary>
    /// <exception cref="ReleaseException">A path leads out of the folder, or the content is not what was hashed.</exception>
    public static async Task<Dictionary<string, string>> CopyAsync(Candidate candidate, string to, CancellationToken cancel)
    {
        var hashes = new Dictionary<string, string>();
        foreach (var file in candidate.Files)
        {
            var copy = Inside(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Real(candidate.Root, file), copy);
            hashes[file] = await ArtifactDigest.OfFileAsync(copy, cancel);
        }

        return ArtifactDigest.Of(hashes) == candidate.Digest
            ? hashes
            : throw new ReleaseException(
                $"The artefacts of {candidate.Version} are not what was hashed when they were built.",
                candidate.Root,
                "Something changed them in between: run the release again."
            );
    }

    /// <summary>The file that an artefact's path means, links followed.</summary>
    static string Real(string root, string file)
    {
        var path = Inside(root, file);
        var top = Resolved(Path.GetFullPath(root));
        var real = Resolved(path);
        return real.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? real : throw Outside(file, real);
    }

    static string Inside(string root, string file)
    {
        var top = Path.GetFullPath(root) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(top, file));
        return path.StartsWith(top, StringComparison.Ordinal) && !Path.IsPathRooted(file) ? path : throw Outside(file, path);
    }

    /// <summary>The path with the links in every part of it followed.</summary>
    static string Resolved(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(Resolved(parent), Path.GetFileName(path));
        var target = Directory.Exists(here)
            ? Directory.ResolveLinkTarget(here, returnFinalTarget: true)
            : File.ResolveLinkTarget(here, returnFinalTarget: true);
        return target is null ? here : target.FullName;
    }

    static ReleaseException Outside(string file, string path) =>
        new(
            $"The artefact {file} leads out of its folder.",
            $"It is {path}.",
            "List only files inside the repository under application.artifacts."
        );
}
