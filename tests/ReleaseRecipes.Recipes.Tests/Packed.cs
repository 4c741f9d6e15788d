namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The packages as they would be published, made once for all tests, and NuGet caches that know nothing of them.</summary>
[SetUpFixture]
public sealed class Packed
{
    static readonly string Folder = Directory.CreateTempSubdirectory("packed-recipes-").FullName;
    static readonly Lazy<Consumer> Newcomer = new(BuildFromNothing);
    static int folders;

    /// <summary>This repository's own folder.</summary>
    public static string Repository { get; } = Above(TestContext.CurrentContext.TestDirectory);

    /// <summary>The folder that the packages are in.</summary>
    public static string Feed => Path.Combine(Folder, "feed");

    /// <summary>The version that all of them have.</summary>
    public const string Version = "1000.0.0";

    /// <summary>A build that has just met the packages, in a cache that was empty before it.</summary>
    internal static Consumer First => Newcomer.Value;

    [OneTimeSetUp]
    public static void Pack() => Pack(Packages.All, Feed, "made", $"-p:AheadOfTime={Packages.AheadOfTime}").Succeeds();

    /// <summary>Makes the package of one project, with what was compiled for it in the folder <paramref name="made"/>.</summary>
    internal static Ran Pack(string project, string feed, string made, params string[] more) =>
        Ran.Of(
            "dotnet",
            [
                "pack",
                project,
                "-c=Release",
                $"-p:Version={Version}",
                "-p:ContinuousIntegrationBuild=true",
                "-p:RunAnalyzers=false",
                "--disable-build-servers",
                "-v=quiet",
                "--artifacts-path",
                Path.Combine(Folder, made),
                "--output",
                feed,
                .. more,
            ],
            Repository
        );

    [OneTimeTearDown]
    public static void Drop() => Directory.Delete(Folder, recursive: true);

    /// <summary>A folder of a test's own, removed with the packages.</summary>
    public static string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(Folder, $"{name}-{Interlocked.Increment(ref folders)}")).FullName;

    /// <summary>A cache of the test's own that has other people's packages already, and none of ours.</summary>
    public static string SeededCache()
    {
        var cache = FreshCache();
        var known = First.Cache;
        Ran.Of("sh", ["-c", $"cp -al '{known}/.' '{cache}' 2>/dev/null || cp -a '{known}/.' '{cache}'"], Folder).Succeeds();
        foreach (var ours in Directory.EnumerateDirectories(cache, "releaserecipes*"))
        {
            Directory.Delete(ours, recursive: true);
        }

        return cache;
    }

    static string FreshCache() => NewFolder("cache");

    static Consumer BuildFromNothing()
    {
        var first = new Consumer("existing-frosting", FreshCache()).With("BUILD_AHEAD_OF_TIME", "true").Take("existing-frosting");
        first.Shell("./build.sh --target=Greet").Succeeds();
        return first;
    }

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ReleaseRecipes.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}
