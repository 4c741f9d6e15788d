namespace ReleaseRecipes.Changelog;

/// <summary>A changelog that people write in too: the section of a version is put in, every other line stays as it was.</summary>
public static class ChangelogFile
{
    const string Title = "# Changelog\n";

    /// <summary>The file with the section of one version. Doing it twice changes nothing; a section that is there already is left to its editors.</summary>
    /// <param name="existing">The file as it is; null or empty where there is none.</param>
    /// <param name="section">The notes of one version, beginning with their heading.</param>
    public static string Update(string? existing, string section)
    {
        var added = section.Trim('\n') + "\n";
        if (string.IsNullOrWhiteSpace(existing))
        {
            return $"{Title}\n{added}";
        }

        var end = existing.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        added = added.ReplaceLineEndings(end);
        var lines = existing.Split('\n');
        var version = ChangelogHeading.VersionOf(added);
        if (version is not null && lines.Any(line => ChangelogHeading.VersionOf(line) == version))
        {
            return existing;
        }

        var at = Position(existing);
        var before = existing[..at];
        var gap =
            before.Length == 0 || before.EndsWith(end + end, StringComparison.Ordinal) ? ""
            : before.EndsWith('\n') ? end
            : end + end;
        return at == existing.Length ? $"{before}{gap}{added}" : $"{before}{gap}{added}{end}{existing[at..]}";
    }

    // Above the newest version; what stands above that (title, introduction, an "Unreleased" section) stays above.
    static int Position(string text)
    {
        var at = 0;
        foreach (var line in text.Split('\n'))
        {
            if (ChangelogHeading.VersionOf(line) is not null)
            {
                return at;
            }

            at += line.Length + 1;
        }

        return text.Length;
    }
}
