using System.Reflection;

namespace ReleaseRecipes.Flow;

/// <summary>The files that a repository needs to use the recipe: those of the template package, carried in this assembly.</summary>
static class InitFiles
{
    const string Prefix = "Init/";

    /// <summary>What <c>--type</c> says for <c>Init</c>; the first is the default.</summary>
    public static readonly string[] Types = ["service", "library", "monorepo"];

    /// <summary>What <c>--ci</c> says; the first is the default where the remote tells nothing.</summary>
    public static readonly string[] Servers = ["github", "gitlab", "azure"];

    /// <summary>The files with their paths in the repository: those of every repository first, then the kind's, then the CI server's.</summary>
    public static IEnumerable<(string Path, string Content)> For(string type, string server) =>
        from folder in new[] { "common/", $"{type}/", $"{server}/" }
        from name in Own.GetManifestResourceNames().Order(StringComparer.Ordinal)
        where name.StartsWith(Prefix + folder, StringComparison.Ordinal)
        select (name[(Prefix + folder).Length..], Read(name));

    static Assembly Own => typeof(InitFiles).Assembly;

    // A build project refers to the version that it comes with.
    static string Version => Own.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    static string Read(string name)
    {
        using var text = new StreamReader(Own.GetManifestResourceStream(name)!);
        return text.ReadToEnd().ReplaceLineEndings("\n").Replace("RELEASERECIPES_VERSION", Version, StringComparison.Ordinal);
    }
}
