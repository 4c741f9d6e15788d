namespace ReleaseRecipes.Changelog;

/// <summary>Makes release notes fit where a server bounds them: GitHub takes 125,000 characters.</summary>
public static class ReleaseBody
{
    /// <summary>The longest body that GitHub takes, in characters.</summary>
    public const int GitHubLimit = 125_000;

    /// <summary>The notes, cut at the end of a line where they are too long, with what was left out and where to find it.</summary>
    /// <param name="notes">The notes of one version.</param>
    /// <param name="limit">The longest text, in characters.</param>
    /// <param name="whole">Where the whole of it can be read; null where that is nowhere.</param>
    public static string Fit(string notes, int limit = GitHubLimit, string? whole = null)
    {
        if (notes.Length <= limit)
        {
            return notes;
        }

        var end = notes.LastIndexOf('\n', limit - 200);
        var cut = end < 0 ? "" : notes[..(end + 1)];
        var left = notes[cut.Length..].Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal));
        return $"{cut}\n… and {left} more{(whole is null ? "." : $": {whole}")}\n";
    }
}
