namespace ReleaseRecipes.Versioning.Files;

/// <summary>How one kind of file names its version.</summary>
/// <param name="Path">The file, relative to the root.</param>
/// <param name="Find">The places of the version in its text; none where it names none.</param>
/// <param name="Hint">What to write into a file that names none.</param>
sealed record VersionFormat(string Path, Func<string, IReadOnlyList<Spot>> Find, string Hint)
{
    /// <summary>The lock file beside it that repeats the version, relative to the root.</summary>
    public string? Lock { get; init; }

    /// <summary>The places of the version in the lock file, by its text and the file's.</summary>
    public Func<string, string, IReadOnlyList<Spot>> FindInLock { get; init; } = (_, _) => [];
}

/// <summary>The kinds of files that are known by name.</summary>
static class VersionFormats
{
    const string Placeholder = "{version}";

    /// <summary>The format of an entry of <c>versioning.files</c>.</summary>
    /// <exception cref="ReleaseException">The name tells no format and there is no pattern.</exception>
    public static VersionFormat Of(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && entry.IndexOf(Placeholder, colon, StringComparison.Ordinal) > 0)
        {
            var pattern = entry[(colon + 1)..].Trim();
            return new VersionFormat(entry[..colon], text => PatternVersion.Find(text, pattern), $"Write {pattern} into it.");
        }

        return Known(entry)
            ?? throw new ReleaseException(
                $"How '{entry}' names its version is not known.",
                "versioning.files",
                $"Add a pattern: \"{entry}: version = {Placeholder}\"",
                ExitCodes.WrongInput
            );
    }

    static VersionFormat? Known(string path)
    {
        var name = System.IO.Path.GetFileName(path).ToLowerInvariant();
        var folder = path[..^name.Length];
        return name switch
        {
            "package.json" => new VersionFormat(path, JsonVersion.Find, "Add \"version\": \"0.0.0\" to it.")
            {
                Lock = $"{folder}package-lock.json",
                FindInLock = (text, _) => JsonVersion.FindInLock(text),
            },
            "cargo.toml" => new VersionFormat(path, TomlVersion.InCargo, "Add version = \"0.0.0\" to [package].")
            {
                Lock = $"{folder}Cargo.lock",
                FindInLock = TomlVersion.InCargoLock,
            },
            "pyproject.toml" => new(path, TomlVersion.InPyproject, "Add version = \"0.0.0\" to [project]."),
            "pom.xml" => new(path, text => XmlVersion.Find(text, "project/version"), "Add <version> below <project>."),
            "chart.yaml" or "chart.yml" => new(path, ChartVersion.Find, "Add version: 0.0.0 to it."),
            "version" or "version.txt" => new(path, PlainVersion.Find, "Write 0.0.0 into it."),
            _ when name.EndsWith("proj", StringComparison.Ordinal) || name.EndsWith(".props", StringComparison.Ordinal) => new(
                path,
                text => XmlVersion.Find(text, "Project/PropertyGroup/Version", "Project/PropertyGroup/VersionPrefix"),
                "Add <Version>0.0.0</Version> to a <PropertyGroup>."
            ),
            _ when name.EndsWith(".json", StringComparison.Ordinal) => new(path, JsonVersion.Find, "Add \"version\": \"0.0.0\" to it."),
            _ => null,
        };
    }
}
