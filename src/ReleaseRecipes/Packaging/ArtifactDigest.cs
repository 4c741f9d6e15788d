using System.Security.Cryptography;
using System.Text;

namespace ReleaseRecipes.Packaging;

/// <summary>The hashes by which artefacts are recognised, the same wherever they are kept, approved or installed.</summary>
public static class ArtifactDigest
{
    /// <summary>SHA-256 over the lines <c>hash  path</c> in the order of the paths, as sha256sum prints them.</summary>
    public static string Of(IReadOnlyDictionary<string, string> hashes) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value}  {pair.Key}\n"))
                )
            )
        );

    /// <summary>SHA-256 over a file's content, lower-case hex.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }
}
