using System.Text;
using ReleaseRecipes.Tests.Support;
using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Tests.Versioning;

public sealed class VersionFilesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly TestCaseData[] Known =
    [
        new("package.json", "{\r\n\t\"name\": \"shop\",  \"version\" : \"1.2.3\",\r\n\t\"engines\": { \"version\": \"9\" }\r\n}"),
        new("pyproject.toml", "# 1.2.3\n[project]\nname = \"shop\"\nversion = '1.2.3'   # ours\ndependencies = [\"a==1.2.3\"]\n"),
        new("pyproject.toml", "[tool.black]\nversion = \"9\"\n\n[tool.poetry]\nversion=\"1.2.3\"\n"),
        new(
            "Shop.csproj",
            "\u00EF\u00BB\u00BF<Project>\r\n  <!-- <Version>0</Version> -->\r\n  <PropertyGroup><Version>\r\n 1.2.3 </Version></PropertyGroup>\r\n</Project>"
        ),
        new("Directory.Build.props", "<Project><PropertyGroup><VersionPrefix>1.2.3</VersionPrefix></PropertyGroup></Project>"),
        new("Cargo.toml", "[dependencies]\nserde = { version = \"9\" }\n[package]\nname = \"shop\"\nversion = \"1.2.3\"\n"),
        new(
            "pom.xml",
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n<parent><version>9</version></parent>\n<version>1.2.3</version></project>"
        ),
        new("Chart.yaml", "apiVersion: v2\nversion: 1.2.3 # ours\ndependencies:\n  - version: 9\n"),
        new("VERSION", "1.2.3\n"),
        new("src/app.py:__version__ = \"{version}\"", "x = 1\n__version__ = \"1.2.3\"\n"),
        new("composer.json", "{\"caf\u00C3\u00A9\":\"\u00FF\",\"version\":\"1.2.3\"}"),
    ];

    [TestCaseSource(nameof(Known))]
    public async Task Every_byte_but_the_version_stays(string entry, string content)
    {
        var name = entry.Split(':')[0];
        Write(name, content);

        var read = await VersionFiles.ReadAsync(folder.Path, [entry]);
        var changed = await VersionFiles.StampAsync(folder.Path, [entry], "2.0.0-rc.1");
        var again = await VersionFiles.StampAsync(folder.Path, [entry], "2.0.0-rc.1");

        Assert.That(read, Is.EqualTo(new[] { new FileVersion(name, "1.2.3") }));
        Assert.That(changed, Is.EqualTo(new[] { name }));
        Assert.That(again, Is.Empty);
        var ours = content.LastIndexOf("1.2.3", StringComparison.Ordinal);
        ours = name == "pyproject.toml" && content.StartsWith('#') ? content.IndexOf("'1.2.3'", StringComparison.Ordinal) + 1 : ours;
        Assert.That(Read(name), Is.EqualTo(content[..ours] + "2.0.0-rc.1" + content[(ours + 5)..]));
    }

    [Test]
    public async Task The_lock_file_of_npm_goes_along()
    {
        Write("package.json", "{\"version\":\"1.2.3\"}");
        Write(
            "package-lock.json",
            "{\"version\": \"1.2.3\", \"packages\": {\"\": {\"version\": \"1.2.3\"}, \"node_modules/a\": {\"version\": \"1.2.3\"}}}"
        );

        var changed = await VersionFiles.StampAsync(folder.Path, ["package.json"], "1.3.0");

        Assert.That(changed, Is.EqualTo(new[] { "package.json", "package-lock.json" }));
        Assert.That(
            Read("package-lock.json"),
            Is.EqualTo(
                "{\"version\": \"1.3.0\", \"packages\": {\"\": {\"version\": \"1.3.0\"}, \"node_modules/a\": {\"version\": \"1.2.3\"}}}"
            )
        );
    }

    [Test]
    public async Task The_own_entry_of_the_lock_file_of_Cargo_goes_along()
    {
        Write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.2.3\"\n");
        Write("Cargo.lock", "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"shop\"\nversion = \"1.2.3\"\n");

        await VersionFiles.StampAsync(folder.Path, ["Cargo.toml"], "1.3.0");

        Assert.That(Read("Cargo.lock"), Does.Contain("\"a\"\nversion = \"1.2.3\"").And.Contain("\"shop\"\nversion = \"1.3.0\""));
    }

    [Test]
    public async Task UTF_16_stays_UTF_16()
    {
        File.WriteAllText(
            folder["Old.csproj"],
            "<Project><PropertyGroup><Version>1.2.3</Version></PropertyGroup></Project>",
            Encoding.Unicode
        );

        await VersionFiles.StampAsync(folder.Path, ["Old.csproj"], "1.3.0");

        var bytes = File.ReadAllBytes(folder["Old.csproj"]);
        Assert.That(bytes[..2], Is.EqualTo(new byte[] { 0xFF, 0xFE }));
        Assert.That(Encoding.Unicode.GetString(bytes), Does.Contain("<Version>1.3.0</Version>"));
    }

    [TestCase("../VERSION")]
    [TestCase("/etc/VERSION")]
    [TestCase("a/../../VERSION")]
    [TestCase(".git/VERSION")]
    public void No_path_leads_out_of_the_repository(string path) =>
        Assert.That(async () => await VersionFiles.StampAsync(folder.Path, [path], "1.0.0"), Throws.TypeOf<ReleaseException>());

    [Test]
    public void No_link_leads_out_of_the_repository()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("VERSION", "1.2.3");
        File.CreateSymbolicLink(folder["VERSION"], elsewhere["VERSION"]);
        Directory.CreateSymbolicLink(folder["sub"], elsewhere.Path);

        Assert.That(async () => await VersionFiles.StampAsync(folder.Path, ["VERSION"], "2.0.0"), Throws.TypeOf<ReleaseException>());
        Assert.That(async () => await VersionFiles.StampAsync(folder.Path, ["sub/VERSION"], "2.0.0"), Throws.TypeOf<ReleaseException>());
        Assert.That(File.ReadAllText(elsewhere["VERSION"]), Is.EqualTo("1.2.3"));
    }

    [Test]
    public void Where_one_file_cannot_be_stamped_none_is()
    {
        Write("VERSION", "1.2.3");
        Write("package.json", "{}");

        Assert.That(
            async () => await VersionFiles.StampAsync(folder.Path, ["VERSION", "package.json"], "2.0.0"),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("package.json names no version")
        );
        Assert.That(Read("VERSION"), Is.EqualTo("1.2.3"));
    }

    void Write(string name, string latin1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], Encoding.Latin1.GetBytes(latin1));
    }

    string Read(string name) => Encoding.Latin1.GetString(File.ReadAllBytes(folder[name]));
}
