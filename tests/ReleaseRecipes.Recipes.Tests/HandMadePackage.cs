using System.IO.Compression;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>A package that no project made, in a folder that is a feed.</summary>
static class HandMadePackage
{
    /// <returns>The package's file.</returns>
    public static string Make(
        string feed,
        string name,
        string version,
        IEnumerable<(string Name, string Version)> needs,
        IEnumerable<(string Path, Stream Content)> files
    )
    {
        var file = Path.Combine(Directory.CreateDirectory(feed).FullName, $"{name}.{version}.nupkg");
        using var package = ZipFile.Open(file, ZipArchiveMode.Create);
        using (var manifest = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            manifest.Write(Manifest(name, version, needs));
        }

        foreach (var (path, content) in files)
        {
            using var to = package.CreateEntry(path).Open();
            content.CopyTo(to);
            content.Dispose();
        }

        return file;
    }

    static string Manifest(string name, string version, IEnumerable<(string Name, string Version)> needs) =>
        $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id>
                <version>{version}</version>
                <authors>put together by a test</authors>
                <description>In place of the real package.</description>
                <dependencies>
                  <group targetFramework="net10.0">
                    {string.Concat(needs.Select(need => $"<dependency id=\"{need.Name}\" version=\"{need.Version}\" />"))}
                  </group>
                </dependencies>
              </metadata>
            </package>
            """;
}
