using System.Text.Json;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>What matters of a <c>package.json</c>.</summary>
/// <param name="Program">npm, pnpm or yarn.</param>
/// <param name="Scripts">The scripts by name.</param>
/// <param name="Packages">The names of all packages it depends on.</param>
/// <param name="ModernYarn">Whether its yarn is 2 or newer, which has other commands.</param>
/// <param name="Install">What must run before the first script; null where the packages are there.</param>
sealed record PackageJson(
    string Program,
    IReadOnlyDictionary<string, string> Scripts,
    IReadOnlySet<string> Packages,
    bool ModernYarn,
    string? Install
)
{
    public static PackageJson? Read(ProjectFiles files)
    {
        if (!files.Has("package.json"))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(files.Read("package.json"), new JsonDocumentOptions { MaxDepth = 32 });
            var root = json.RootElement;
            var packages = Pairs(root, "dependencies").Concat(Pairs(root, "devDependencies")).Select(pair => pair.Name).ToHashSet();
            var scripts = Pairs(root, "scripts")
                .Where(pair => pair.Value.ValueKind == JsonValueKind.String)
                .GroupBy(pair => pair.Name)
                .ToDictionary(pair => pair.Key, pair => pair.Last().Value.GetString()!);
            var (program, modern) = (ProgramOf(root, files), IsModernYarn(root, files));
            return new PackageJson(
                program,
                scripts,
                packages,
                modern,
                packages.Count > 0 && !files.HasFolder("node_modules") ? InstallWith(program, modern, files) : null
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the script is there and is not the one that <c>npm init</c> writes where there are no tests.</summary>
    public bool HasTests(string script) =>
        Scripts.TryGetValue(script, out var text)
        && text.Trim().Length > 0
        && !text.Contains("no test specified", StringComparison.OrdinalIgnoreCase);

    static string ProgramOf(JsonElement root, ProjectFiles files)
    {
        var named =
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("packageManager", out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()!.Split('@')[0]
                : "";
        return named is "npm" or "pnpm" or "yarn" ? named
            : files.Has("pnpm-lock.yaml") ? "pnpm"
            : files.Has("yarn.lock") ? "yarn"
            : "npm";
    }

    static bool IsModernYarn(JsonElement root, ProjectFiles files) =>
        files.Has(".yarnrc.yml")
        || files.Read("yarn.lock").Contains("__metadata:", StringComparison.Ordinal)
        || root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("packageManager", out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } named
            && named.StartsWith("yarn@", StringComparison.Ordinal)
            && !named.StartsWith("yarn@1.", StringComparison.Ordinal);

    static string InstallWith(string program, bool modernYarn, ProjectFiles files) =>
        program switch
        {
            "pnpm" => "pnpm install --frozen-lockfile",
            "yarn" => modernYarn ? "yarn install --immutable" : "yarn install --frozen-lockfile",
            _ when files.Has("package-lock.json") || files.Has("npm-shrinkwrap.json") => "npm ci --no-audit --no-fund",
            _ => "npm install --no-audit --no-fund --no-save --no-package-lock",
        };

    static IEnumerable<JsonProperty> Pairs(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var pairs) && pairs.ValueKind == JsonValueKind.Object
            ? pairs.EnumerateObject()
            : [];
}
