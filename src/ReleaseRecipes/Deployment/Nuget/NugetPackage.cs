using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NuGet.Versioning;

namespace ReleaseRecipes.Deployment;

/// <summary>A package file: what it is, and a digest of what is in it.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its normalised version.</param>
/// <param name="Path">The file.</param>
/// <param name="Digest">SHA-256 over the names and contents of its entries, without the signature that a feed may add.</param>
sealed record NugetPackage(string Id, string Version, string Path, string Digest)
{
    const string Signature = ".signature.p7s";

    public string FileName => $"{Id}.{Version}.nupkg";

    /// <exception cref="ReleaseException">The file is no package.</exception>
    public static NugetPackage Read(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var nuspec = zip.Entries.First(entry =>
                entry.FullName == entry.Name && entry.Name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase)
            );
            using var reader = XmlReader.Create(nuspec.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var about = XDocument.Load(reader).Root!.Elements().First(element => element.Name.LocalName == "metadata").Elements().ToList();
            string Value(string name) => about.First(element => element.Name.LocalName == name).Value.Trim();
            return new NugetPackage(Value("id"), NuGetVersion.Parse(Value("version")).ToNormalizedString(), path, DigestOf(zip));
        }
        catch (Exception problem) when (problem is InvalidDataException or InvalidOperationException or XmlException or ArgumentException)
        {
            throw new ReleaseException($"{System.IO.Path.GetFileName(path)} is no NuGet package: {problem.Message}", inner: problem);
        }
    }

    static string DigestOf(ZipArchive zip)
    {
        var lines = new StringBuilder();
        foreach (
            var entry in zip.Entries.Where(entry => entry.FullName != Signature).OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        )
        {
            using var content = entry.Open();
            lines.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(entry.FullName).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
