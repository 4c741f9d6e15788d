using System.IO.Compression;
using System.Xml.Linq;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>The package for feeds that have the official Cake.Frosting: <c>-p:CakeFrosting=package</c>.</summary>
[Parallelizable(ParallelScope.Self)]
[Platform(Exclude = "Win")]
[Category("Slow")]
public sealed class OfficialFrostingTests
{
    static string official = "";
    static string feed = "";

    [OneTimeSetUp]
    public static void Pack()
    {
        official = OfficialFeed.Make(Packed.NewFolder("official"));
        feed = Packed.NewFolder("for-official");
        Packed
            .Pack(Packages.All, feed, "made-for-official", "-p:CakeFrosting=package", $"-p:RestoreAdditionalProjectSources={official}")
            .Succeeds();
    }

    [Test]
    public void It_depends_on_the_official_package_and_brings_nothing_of_Cake()
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed, $"ReleaseRecipes.{Packed.Version}.nupkg"));
        using var manifest = package.GetEntry("ReleaseRecipes.nuspec")!.Open();
        var dependencies = XDocument
            .Load(manifest)
            .Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}")
            .ToList();
        using var script = new StreamReader(package.GetEntry("cake/ReleaseRecipes.cake")!.Open());

        Assert.That(dependencies, Has.One.EqualTo("Cake.Frosting 7.0.0").And.None.StartsWith("ReleaseRecipes"));
        Assert.That(
            package
                .Entries.Select(entry => entry.Name)
                .Where(name => name.StartsWith("Cake", StringComparison.Ordinal) || name.StartsWith("Spectre", StringComparison.Ordinal)),
            Is.Empty
        );
        Assert.That(script.ReadToEnd(), Does.Not.Contain("ReleaseRecipes.Cake"));
    }

    [Test]
    public void A_build_on_it_releases_by_the_same_commands()
    {
        var consumer = new Consumer("on-official", Packed.SeededCache(), feed, official).Take("existing-frosting");

        Walkthrough.Of(consumer.Read("README.md")).Follow(consumer);

        var assets = consumer.Shell("find .git -name project.assets.json | xargs cat").Output;
        Assert.That(assets, Does.Contain("\"Cake.Frosting/7.0.0\"").And.Not.Contain("ReleaseRecipes.Cake"));
    }
}
