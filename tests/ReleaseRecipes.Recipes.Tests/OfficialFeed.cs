using System.IO.Compression;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>
/// A feed with packages named as Cake's official ones, for machines whose feed lacks them: the same names, versions, dependencies and assembly names, put
/// together from the engine and from the stand-in, whose surface another test holds to the official one.
/// </summary>
static class OfficialFeed
{
    const string Version = "7.0.0";

    static readonly (string Name, string[] Assemblies, string[] Needs)[] Official =
    [
        ("Cake.Core", ["Cake.Core"], []),
        ("Cake.Common", ["Cake.Common"], ["Cake.Core"]),
        ("Cake.Cli", ["Cake.Cli", "Spectre."], ["Cake.Core"]),
        ("Cake.NuGet", ["Cake.NuGet", "NuGet.", "Newtonsoft.", "Microsoft.", "System."], ["Cake.Core"]),
        ("Cake.DotNetTool.Module", ["Cake.DotNetTool.Module"], ["Cake.Core", "Cake.NuGet"]),
        ("Cake.Frosting", ["Cake.Frosting"], ["Cake.Core", "Cake.Common", "Cake.Cli", "Cake.NuGet", "Cake.DotNetTool.Module"]),
    ];

    /// <summary>Makes the packages from the assemblies of ours.</summary>
    public static string Make(string folder)
    {
        Directory.CreateDirectory(folder);
        using var ours = ZipFile.OpenRead(Path.Combine(Packed.Feed, $"ReleaseRecipes.Cake.{Packed.Version}.nupkg"));
        var assemblies = ours.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)).ToList();
        foreach (var (name, begins, needs) in Official)
        {
            using var package = ZipFile.Open(Path.Combine(folder, $"{name}.{Version}.nupkg"), ZipArchiveMode.Create);
            using (var manifest = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
            {
                manifest.Write(Manifest(name, needs));
            }

            foreach (var assembly in assemblies.Where(entry => begins.Any(begin => IsOf(entry.Name, begin))))
            {
                using var from = assembly.Open();
                using var to = package.CreateEntry(assembly.FullName).Open();
                from.CopyTo(to);
            }
        }

        return folder;
    }

    static bool IsOf(string file, string begin) =>
        file.EndsWith(".dll", StringComparison.Ordinal)
        && (begin.EndsWith('.') ? file.StartsWith(begin, StringComparison.Ordinal) : file == $"{begin}.dll");

    static string Manifest(string name, string[] needs) =>
        $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id>
                <version>{Version}</version>
                <authors>assembled by a test</authors>
                <description>In place of the official package.</description>
                <dependencies>
                  <group targetFramework="net10.0">
                    <dependency id="Microsoft.Extensions.DependencyInjection" version="10.0.0" />
                    <dependency id="NuGet.Versioning" version="6.14.0" />
                    {string.Concat(needs.Select(need => $"<dependency id=\"{need}\" version=\"{Version}\" />"))}
                  </group>
                </dependencies>
              </metadata>
            </package>
            """;
}
