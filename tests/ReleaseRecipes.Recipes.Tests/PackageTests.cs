using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ReleaseRecipes.Recipes.Tests;

/// <summary>What is in the packages.</summary>
[Category("Slow")]
public sealed class PackageTests
{
    [Test]
    public void The_packages_together_stay_under_twelve_megabytes()
    {
        var size = Directory.EnumerateFiles(Packed.Feed, "*.nupkg").Sum(file => new FileInfo(file).Length);

        Assert.That(size, Is.InRange(1, 12_000_000));
    }

    [TestCase(
        "ReleaseRecipes",
        "README.md",
        "LICENSE",
        "icon.png",
        "lib/net10.0/ReleaseRecipes.xml",
        "runtimes/linux-x64/lib/net10.0/ReleaseRecipes.dll",
        "runtimes/win-x64/lib/net10.0/ReleaseRecipes.dll",
        "local/ReleaseRecipes.Local.dll",
        "cake/ReleaseRecipes.cake"
    )]
    [TestCase("ReleaseRecipes.Cake", "README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt", "cake/LICENSE", "lib/net10.0/Cake.Frosting.xml")]
    [TestCase("ReleaseRecipes.Templates", "README.md", "LICENSE", "icon.png", "content/service/.template.config/template.json")]
    public void A_package_has_what_its_reader_looks_for(string package, params string[] files)
    {
        using var opened = Open(package, "nupkg");
        using var manifest = new StreamReader(opened.GetEntry($"{package}.nuspec")!.Open());

        Assert.That(files.Except(opened.Entries.Select(entry => entry.FullName)), Is.Empty);
        Assert.That(
            manifest.ReadToEnd(),
            Does.Contain("""<license type="expression">MIT</license>""").And.Contain("<readme>README.md</readme>")
        );
    }

    [Test]
    public void Every_assembly_of_others_is_named_in_the_notices()
    {
        using var package = Open("ReleaseRecipes.Cake", "nupkg");
        using var notices = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        var said = notices.ReadToEnd().Split([',', '\n', ' '], StringSplitOptions.RemoveEmptyEntries);
        var brought = package
            .Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
            .Select(entry => entry.Name[..^4]);

        Assert.That(brought.Except(said), Is.EqualTo(["Cake.Frosting"]));
    }

    [TestCase("ReleaseRecipes", "ReleaseRecipes")]
    [TestCase("ReleaseRecipes.Cake", "Cake.Frosting")]
    public void An_assembly_is_deterministic_and_its_symbols_name_no_folder_of_this_machine(string package, string assembly)
    {
        using var program = Read(package, "nupkg", $"lib/net10.0/{assembly}.dll");
        using var symbols = Read(package, "snupkg", $"lib/net10.0/{assembly}.pdb");
        using var image = new PEReader(program);
        using var debug = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = debug.GetMetadataReader();
        var sources = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToList();

        Assert.That(image.ReadDebugDirectory().Select(entry => entry.Type), Has.Member(DebugDirectoryEntryType.Reproducible));
        Assert.That(sources, Is.Not.Empty.And.None.StartsWith(Packed.Repository));
    }

    static ZipArchive Open(string package, string kind) =>
        ZipFile.OpenRead(Path.Combine(Packed.Feed, $"{package}.{Packed.Version}.{kind}"));

    static MemoryStream Read(string package, string kind, string file)
    {
        using var opened = Open(package, kind);
        using var content = opened.GetEntry(file)!.Open();
        var copy = new MemoryStream();
        content.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
