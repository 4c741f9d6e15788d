namespace ReleaseRecipes.Versioning.Files;

/// <summary>
/// Reads the version that a file of the repository names, and writes the new one into it. Every other byte stays: formatting, comments,
/// order, line ends, encoding.
/// </summary>
public static class VersionFiles
{
    /// <summary>Writes the version into the files, all of them or none, each atomically.</summary>
    /// <param name="root">The repository's top folder; no file outside of it is touched, through no link either.</param>
    /// <param name="files">Paths relative to the root, or <c>path:pattern</c> where the pattern holds <c>{version}</c>.</param>
    /// <param name="version">The new version.</param>
    /// <param name="cancel">Stops before the first file is written.</param>
    /// <returns>The files that were changed, relative to the root, lock files beside them included.</returns>
    /// <exception cref="ReleaseException">A file is missing, names no version, or lies outside of the root.</exception>
    public static async Task<IReadOnlyList<string>> StampAsync(
        string root,
        IEnumerable<string> files,
        string version,
        CancellationToken cancel = default
    )
    {
        var stamped = new List<(SourceFile File, string Text)>();
        foreach (var (file, spots) in await FindAsync(root, files, cancel))
        {
            var text = file.Text;
            foreach (var spot in spots.OrderByDescending(spot => spot.Start))
            {
                text = string.Concat(text.AsSpan(0, spot.Start), version, text.AsSpan(spot.Start + spot.Length));
            }

            if (text != file.Text)
            {
                stamped.Add((file, text));
            }
        }

        foreach (var (file, text) in stamped)
        {
            await file.ReplaceAsync(text);
        }

        return [.. stamped.Select(change => change.File.Name)];
    }

    /// <summary>Reads the versions that the files name, lock files left out.</summary>
    /// <exception cref="ReleaseException">A file is missing, names no version, or lies outside of the root.</exception>
    public static async Task<IReadOnlyList<FileVersion>> ReadAsync(
        string root,
        IEnumerable<string> files,
        CancellationToken cancel = default
    ) =>
        [
            .. (await FindAsync(root, files, cancel))
                .Where(found => !found.File.IsLock)
                .Select(found => new FileVersion(found.File.Name, found.File.Text.Substring(found.Spots[0].Start, found.Spots[0].Length))),
        ];

    static async Task<List<(SourceFile File, IReadOnlyList<Spot> Spots)>> FindAsync(
        string root,
        IEnumerable<string> files,
        CancellationToken cancel
    )
    {
        var found = new List<(SourceFile, IReadOnlyList<Spot>)>();
        foreach (var entry in files)
        {
            var format = VersionFormats.Of(entry);
            var file = await SourceFile.ReadAsync(root, format.Path, cancel);
            var spots = format.Find(file.Text);
            found.Add(spots.Count > 0 ? (file, spots) : throw Nameless(format));
            if (format.Lock is { } name && SourceFile.Exists(root, name))
            {
                var beside = await SourceFile.ReadAsync(root, name, cancel) with { IsLock = true };
                found.Add((beside, format.FindInLock(beside.Text, file.Text)));
            }
        }

        return found;
    }

    static ReleaseException Nameless(VersionFormat format) =>
        new($"{format.Path} names no version.", format.Path, format.Hint, ExitCodes.WrongInput);
}

/// <summary>The version that a file names.</summary>
/// <param name="File">The file, relative to the root.</param>
/// <param name="Version">What it says.</param>
public sealed record FileVersion(string File, string Version);

/// <summary>Where in a text a version stands.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Length">How many characters it has.</param>
readonly record struct Spot(int Start, int Length);
