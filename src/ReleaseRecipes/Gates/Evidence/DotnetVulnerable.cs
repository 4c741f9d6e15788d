using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary><c>dotnet list package --vulnerable --format json</c>.</summary>
sealed class DotnetVulnerable : IJsonFormat
{
    public string Name => "dotnet list package";

    public bool Fits(JsonElement root) =>
        root.Has("projects") && root.Text("parameters")?.Contains("vulnerable", StringComparison.Ordinal) == true;

    public void Read(JsonElement root, GateEvidence evidence)
    {
        if (
            root.ItemsIfAny("problems").FirstOrDefault(problem => problem.Text("level") == "error") is
            { ValueKind: JsonValueKind.Object } error
        )
        {
            throw new FormatException($"the scan did not succeed: {error.Text("text")}");
        }

        // A folder of packages knows of no vulnerability, and the command does not say so.
        if (!root.ItemsIfAny("sources").Any(source => source.ToString().StartsWith("http", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FormatException(
                "it asked no server about vulnerabilities: name one in nuget.config, under packageSources or auditSources"
            );
        }

        var found = evidence.Scanned();
        var packages = root.Items("projects")
            .SelectMany(project => project.ItemsIfAny("frameworks"))
            .SelectMany(framework => framework.ItemsIfAny("topLevelPackages").Concat(framework.ItemsIfAny("transitivePackages")));
        foreach (var package in packages)
        {
            foreach (var one in package.ItemsIfAny("vulnerabilities"))
            {
                found.Add(
                    $"{package.Text("id")} {package.Text("resolvedVersion")} {one.Text("advisoryurl")}",
                    Vulnerabilities.Rate(one.Text("severity"))
                );
            }
        }
    }
}
