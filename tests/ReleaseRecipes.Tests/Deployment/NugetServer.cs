using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace ReleaseRecipes.Tests.Deployment;

/// <summary>
/// A feed on the loopback that speaks NuGet's protocol, version 3, as it is documented: index, flat container, push as multipart form, delete as unlisting,
/// and listing again. What is unlisted is still handed out to whoever asks for that very version.
/// </summary>
sealed class NugetServer : IDisposable
{
    readonly Dictionary<string, byte[]> packages = [];
    readonly string key;
    readonly LoopbackServer server;

    public NugetServer(string key)
    {
        this.key = key;
        server = new LoopbackServer(Answer);
    }

    public string Index => server.Url + "index.json";

    /// <summary>Every push, unlisting and listing that was let in.</summary>
    public List<string> Changes { get; } = [];

    public HashSet<string> Unlisted { get; } = [];

    public IReadOnlyList<string> Asked => server.Asked;

    /// <summary>Not null: the feed hands out this in place of every package.</summary>
    public string? HandsOut { get; init; }

    public void Dispose() => server.Dispose();

    (int Status, byte[] Body) Answer(HttpListenerRequest request, Uri url) =>
        request.Url!.AbsolutePath.Trim('/').Split('/') switch
        {
            ["index.json"] => Json(
                $$"""{"version":"3.0.0","resources":[{"@id":"{{url}}flat/","@type":"PackageBaseAddress/3.0.0"},{"@id":"{{url}}push","@type":"PackagePublish/2.0.0"}]}"""
            ),
            ["flat", var id, "index.json"] => Versions(id),
            ["flat", var id, var version, _] => packages.TryGetValue($"{id} {version}", out var package)
                ? (200, HandsOut is null ? package : Encoding.UTF8.GetBytes(HandsOut))
                : (404, []),
            ["push", ..] when request.Headers["X-NuGet-ApiKey"] != key => (403, []),
            ["push"] when request.HttpMethod == "PUT" => Push(request),
            ["push", var id, var version] => List($"{id.ToLowerInvariant()} {version}", request.HttpMethod),
            _ => (404, []),
        };

    (int, byte[]) Versions(string id)
    {
        var versions = packages.Keys.Where(name => name.StartsWith(id + " ", StringComparison.Ordinal)).Select(name => name.Split(' ')[1]);
        return versions.Any() ? Json($$"""{"versions":["{{string.Join("\",\"", versions)}}"]}""") : (404, []);
    }

    (int, byte[]) Push(HttpListenerRequest request)
    {
        using var whole = new MemoryStream();
        request.InputStream.CopyTo(whole);
        var bytes = whole.ToArray();
        // A package is a zip file, which begins with PK, after the head of its part of the form.
        var head = bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        var tail = bytes.AsSpan().LastIndexOf("\r\n--"u8);
        var package = bytes[head..tail];
        var name = NameOf(package);
        if (!packages.TryAdd(name, package))
        {
            return (409, []);
        }

        Changes.Add($"PUT {name}");
        return (201, []);
    }

    (int, byte[]) List(string name, string method)
    {
        if (!packages.ContainsKey(name) || method is not ("DELETE" or "POST"))
        {
            return (404, []);
        }

        _ = method == "DELETE" ? Unlisted.Add(name) : Unlisted.Remove(name);
        Changes.Add($"{method} {name}");
        return (method == "DELETE" ? 204 : 200, []);
    }

    static string NameOf(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var nuspec = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var about = XDocument.Load(nuspec).Descendants().ToList();
        string Value(string name) => about.First(element => element.Name.LocalName == name).Value;
        return $"{Value("id").ToLowerInvariant()} {Value("version")}";
    }

    static (int, byte[]) Json(string text) => (200, Encoding.UTF8.GetBytes(text));
}
