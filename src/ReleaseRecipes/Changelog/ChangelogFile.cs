using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Changelog;

/// <summary>A changelog that people write in too: the section of a version is put in, every other line stays as it was.</summary>
public static class ChangelogFile
{
    const string Title = "# Changelog\n";

    /// <summary>Puts the section of one version into a file, or makes the file. Byte order mark, encoding and line ends stay what they are.</summary>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="name">The file, relative to it.</param>
    /// <param name="section">The notes of one version, beginning with their heading.</param>
    /// <param name="superseded">Notes that the same version was planned with before, on another commit.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="ReleaseException">The file lies outside of the root, or cannot be written.</exception>
    public static async Task WriteAsync(
        string root,
        string name,
        string section,
        IReadOnlyList<string>? superseded = null,
        CancellationToken cancel = default
    )
    {
        var path = InsidePath.Of(root, name);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, Update(null, section));
            return;
        }

        var file = await SourceFile.ReadAsync(root, name, cancel);
        var updated = Update(file.Text, file.Shown(section), [.. (superseded ?? []).Select(file.Shown)]);
        if (updated != file.Text)
        {
            await file.ReplaceAsync(updated);
        }
    }

    /// <summary>The file with the section of one version. Doing it twice changes nothing; a section that is there already is left to its editors.</summary>
    /// <param name="existing">The file as it is; null or empty where there is none.</param>
    /// <param name="section">The notes of one version, beginning with their heading.</param>
    /// <param name="superseded">
    /// Sections of the same version that a release wrote before it was planned anew: one that nobody edited since gives way.
    /// </param>
    public static string Update(string? existing, string section, IReadOnlyList<string>? superseded = null)
    {
        var added = section.Trim('\n') + "\n";
        if (string.IsNullOrWhiteSpace(existing))
        {
            return $"{Title}\n{added}";
        }

        var end = existing.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        added = added.ReplaceLineEndings(end);
        var before = (superseded ?? [])
            .Select(old => (old.Trim('\n') + "\n").ReplaceLineEndings(end))
            .FirstOrDefault(old => old != added && existing.Contains(old, StringComparison.Ordinal));
        if (before is not null)
        {
            return existing.Replace(before, added, StringComparison.Ordinal);
        }

        var lines = existing.Split('\n');
        var version = ChangelogHeading.VersionOf(added);
        if (version is not null && lines.Index().Any(line => VersionAt(lines, line.Index) == version))
        {
            return existing;
        }

        var at = Position(existing);
        var above = existing[..at];
        var gap =
            above.Length == 0 || above.EndsWith(end + end, StringComparison.Ordinal) ? ""
            : above.EndsWith('\n') ? end
            : end + end;
        return at == existing.Length ? $"{above}{gap}{added}" : $"{above}{gap}{added}{end}{existing[at..]}";
    }

    // Above the newest version; what stands above that (title, introduction, an "Unreleased" section) stays above.
    static int Position(string text)
    {
        var at = 0;
        var lines = text.Split('\n');
        foreach (var (index, line) in lines.Index())
        {
            if (VersionAt(lines, index) is not null)
            {
                return at;
            }

            at += line.Length + 1;
        }

        return text.Length;
    }

    static string? VersionAt(string[] lines, int index) =>
        ChangelogHeading.VersionOf(lines[index])
        ?? (index + 1 < lines.Length ? ChangelogHeading.VersionOf(lines[index], underline: lines[index + 1]) : null);
}
