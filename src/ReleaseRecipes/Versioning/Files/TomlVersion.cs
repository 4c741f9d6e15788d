namespace ReleaseRecipes.Versioning.Files;

/// <summary>TOML files that name a version in one of their tables.</summary>
static class TomlVersion
{
    public static IReadOnlyList<Spot> InPyproject(string text) => In(text, "version", "project", "tool.poetry");

    public static IReadOnlyList<Spot> InCargo(string text) => In(text, "version", "package", "workspace.package");

    /// <summary>The entry of the package itself in its lock file.</summary>
    public static IReadOnlyList<Spot> InCargoLock(string text, string cargo)
    {
        if (In(cargo, "name", "package") is not [var name, ..])
        {
            return [];
        }

        var wanted = cargo.Substring(name.Start, name.Length);
        string? current = null;
        foreach (var (start, line) in TextLines.Of(text))
        {
            if (line.StartsWith('['))
            {
                current = null;
            }
            else if (Value(line, "name") is { } found)
            {
                current = line.Substring(found.Start, found.Length);
            }
            else if (current == wanted && Value(line, "version") is { } spot)
            {
                return [new Spot(start + spot.Start, spot.Length)];
            }
        }

        return [];
    }

    static Spot[] In(string text, string key, params string[] tables)
    {
        var table = "";
        var quotes = "";
        foreach (var (start, line) in TextLines.Of(text))
        {
            // What stands inside a string of several lines is no key.
            if (quotes.Length > 0)
            {
                quotes = line.Contains(quotes, StringComparison.Ordinal) ? "" : quotes;
                continue;
            }

            quotes = Opened(line, "\"\"\"") ?? Opened(line, "'''") ?? "";
            var trimmed = line.Trim();
            if (trimmed.StartsWith('['))
            {
                table = trimmed.Split('#')[0].Trim().Trim('[', ']').Replace(" ", "", StringComparison.Ordinal);
            }
            else if (tables.Contains(table) && Value(line, key) is { } spot)
            {
                return [new Spot(start + spot.Start, spot.Length)];
            }
        }

        return [];
    }

    static string? Opened(string line, string quotes) => (line.Split(quotes).Length - 1) % 2 == 1 ? quotes : null;

    static Spot? Value(string line, string key)
    {
        var indent = line.Length - line.TrimStart().Length;
        var rest = line.AsSpan(indent);
        var isKey =
            rest.StartsWith(key)
            && rest[key.Length..].TrimStart().StartsWith("=")
            && (rest[key.Length..].Trim() is not ['=', ' ', '{', ..]);
        return isKey ? TextLines.Value(line, indent + key.Length) : null;
    }
}
