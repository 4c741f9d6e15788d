using System.Text;
using FsCheck;
using FsCheck.Fluent;
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

    /// <summary>Lines that stand around a version, none of which is one, for each kind of file; the last is the version's.</summary>
    static readonly (string Entry, string Open, string[] Around, string Version, string Close)[] Kinds =
    [
        (
            "package.json",
            "{",
            [
                "\t\"name\": \"shop\",",
                "  \"engines\" : {\"version\": \"9.9.9\"},",
                "\"x\":[1, \"1.2.3\"],",
                "",
                "\"caf\u00C3\u00A9\": \"\u00FF\",",
            ],
            "  \"version\" :\t\"1.2.3\"",
            "}"
        ),
        (
            "pyproject.toml",
            "[build-system]",
            ["requires = [\"a==1.2.3\"]", "# version = \"9\"", "", "text = \"caf\u00C3\u00A9\"\t# \u00FF"],
            "[project]\u0001version\t= '1.2.3'  # ours",
            "[tool.black]"
        ),
        (
            "Cargo.toml",
            "[dependencies]",
            ["serde = { version = \"9\" }", "# [package]", "", "tokio = \"1.2.3\""],
            "[package]\u0001version=\"1.2.3\"",
            "[features]"
        ),
        (
            "Shop.csproj",
            "<Project Sdk=\"x\">",
            [
                "<!-- <Version>9</Version> -->",
                "\t<ItemGroup><PackageReference Include=\"a\" Version=\"1.2.3\" /></ItemGroup>",
                "",
                "<A>\u00E9</A>",
            ],
            "  <PropertyGroup><Version>1.2.3</Version></PropertyGroup>",
            "</Project>"
        ),
        (
            "pom.xml",
            "<project>",
            ["<parent><version>9</version></parent>", "", "\t<dependency><version>1.2.3</version></dependency>"],
            "<version> 1.2.3 </version>",
            "</project>"
        ),
        (
            "Chart.yaml",
            "apiVersion: v2",
            ["# version: 9", "name: a", "", "x:", "  - version: 1.2.3"],
            "version: \"1.2.3\"\t# ours",
            "type: application"
        ),
        ("src/app.py:__version__ = \"{version}\"", "# app", ["x = \"1.2.3\"", "", "\ty = 1"], "__version__ = \"1.2.3\"", "# end"),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void Whatever_stands_around_a_version_survives_byte_for_byte(
        (string Entry, string Open, string[] Around, string Version, string Close) kind
    )
    {
        var texts =
            from mark in Gen.Elements("", "\u00EF\u00BB\u00BF")
            from end in Gen.Elements("\n", "\r\n")
            from last in Gen.Elements("", end, end + end)
            from before in Gen.ListOf(Gen.Elements(kind.Around))
            from after in Gen.ListOf(Gen.Elements(kind.Around))
            select (
                Before: mark + string.Join(end, [kind.Open, .. before, ""]),
                Own: kind.Version.Replace("\u0001", end, StringComparison.Ordinal),
                After: (kind.Entry == "package.json" && after.Exists(line => line.Length > 0) ? "," : "")
                    + end
                    + (kind.Entry == "package.json" ? LastMember(string.Join(end, after)) : string.Join(end, after))
                    + end
                    + kind.Close
                    + last
            );

        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    Write(kind.Entry.Split(':')[0], text.Before + text.Own + text.After);
                    VersionFiles.StampAsync(folder.Path, [kind.Entry], "2.0.0-rc.1").GetAwaiter().GetResult();
                    var own = text.Own.Replace("1.2.3", "2.0.0-rc.1", StringComparison.Ordinal);
                    return Read(kind.Entry.Split(':')[0]) == text.Before + own + text.After;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    // The last member of an object has no comma behind it.
    static string LastMember(string members) => members.TrimEnd().TrimEnd(',') + members[members.TrimEnd().Length..];

    [Test]
    public async Task A_byte_order_mark_of_any_encoding_belongs_to_the_file()
    {
        File.WriteAllText(folder["VERSION"], "1.2.3\r\n", Encoding.Unicode);
        File.WriteAllText(folder["package.json"], "{ \"version\": \"1.2.3\", \"x\": \"\u6F22\" }", Encoding.BigEndianUnicode);
        File.WriteAllText(folder["Chart.yaml"], "version: 1.2.3\n", new UTF8Encoding(true));
        string[] files = ["VERSION", "package.json", "Chart.yaml"];

        var read = await VersionFiles.ReadAsync(folder.Path, files);
        await VersionFiles.StampAsync(folder.Path, files, "1.3.0");

        Assert.That(read.Select(file => file.Version), Is.All.EqualTo("1.2.3"));
        Assert.That(File.ReadAllBytes(folder["VERSION"]), Is.EqualTo((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1.3.0\r\n")]));
        Assert.That(
            File.ReadAllText(folder["package.json"], Encoding.BigEndianUnicode),
            Is.EqualTo("{ \"version\": \"1.3.0\", \"x\": \"\u6F22\" }")
        );
        Assert.That(File.ReadAllBytes(folder["Chart.yaml"]), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. "version: 1.3.0\n"u8]));
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
    public void A_file_that_is_not_there_is_named() =>
        Assert.That(
            async () => await VersionFiles.StampAsync(folder.Path, ["sub/VERSION"], "1.0.0"),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("sub/VERSION is not there")
        );

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
