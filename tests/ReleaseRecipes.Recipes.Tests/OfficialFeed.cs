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

    static readonly (string, string)[] NeededByAll =
    [
        ("Microsoft.Extensions.DependencyInjection", "10.0.0"),
        ("NuGet.Versioning", "6.14.0"),
    ];

    /// <summary>Makes the packages from the assemblies of ours.</summary>
    public static string Make(string folder)
    {
        using var ours = ZipFile.OpenRead(Path.Combine(Packed.Feed, $"ReleaseRecipes.Cake.{Packed.Version}.nupkg"));
        var assemblies = ours.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)).ToList();
        foreach (var (name, begins, needs) in Official)
        {
            HandMadePackage.Make(
                folder,
                name,
                Version,
                [.. NeededByAll, .. needs.Select(need => (need, Version))],
                assemblies.Where(entry => begins.Any(begin => IsOf(entry.Name, begin))).Select(entry => (entry.FullName, entry.Open()))
            );
        }

        return folder;
    }

    static bool IsOf(string file, string begin) =>
        file.EndsWith(".dll", StringComparison.Ordinal)
        && (begin.EndsWith('.') ? file.StartsWith(begin, StringComparison.Ordinal) : file == $"{begin}.dll");
}
