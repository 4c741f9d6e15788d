using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseRecipes.Components;

/// <summary>
/// The name of a release of components, which stands where a single version stands otherwise: <c>core-1.1.0_web-2.0.1</c>. No component is
/// released twice in one version, so no two releases share a name; the same components in the same versions always make the same one.
/// </summary>
static class ReleaseName
{
    // Kubernetes takes 63 characters of a label, and file systems not many more of a name.
    const int Longest = 60;
    const int DigestLength = 8;

    /// <summary>The name of a release; of many components it holds the first ones, how many more there are, and a digest of all.</summary>
    public static string Of(IReadOnlyList<(string Component, string Version)> released)
    {
        var parts = released.Select(part => $"{part.Component}-{part.Version}").ToList();
        var whole = string.Join('_', parts);
        if (whole.Length <= Longest)
        {
            return whole;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..DigestLength];
        for (var shown = parts.Count - 1; shown > 0; shown--)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('_', parts.Take(shown))}_and-{parts.Count - shown}-more-{digest}"
            );
            if (name.Length <= Longest)
            {
                return name;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{parts.Count}-components-{digest}");
    }
}
