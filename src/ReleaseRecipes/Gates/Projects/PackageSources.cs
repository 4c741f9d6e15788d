using System.Text.Json;
using ReleaseRecipes.Gates.Evidence;

namespace ReleaseRecipes.Gates.Projects;

/// <summary>
/// Asks NuGet's package sources whether they keep vulnerability data at all. Where none of them does, <c>dotnet list
/// package --vulnerable</c> finds nothing and does not say why.
/// </summary>
static class PackageSources
{
    const int LongestIndex = 4 * 1024 * 1024;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Why a report that lists nothing is no evidence; null where a source has the data, or where one cannot be asked, as
    /// NuGet asks with credentials of its own.
    /// </summary>
    public static async Task<string?> WhyNothingIsFoundAsync(string report, CancellationToken cancel)
    {
        var sources = SourcesOf(report);
        using var http = new HttpClient { Timeout = Longest, MaxResponseContentBufferSize = LongestIndex };
        foreach (var source in sources)
        {
            if (await HasVulnerabilitiesAsync(http, source, cancel) != false)
            {
                return null;
            }
        }

        return sources.Count == 0
            ? null
            : $"None of the package sources keeps vulnerability data ({string.Join(", ", sources)}), so that finding none says nothing. "
                + "Name one that does in nuget.config under auditSources, such as https://api.nuget.org/v3/index.json.";
    }

    static List<string> SourcesOf(string report)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(report));
            return
            [
                .. json
                    .RootElement.ItemsIfAny("sources")
                    .Select(source => source.ToString())
                    .Where(source => source.StartsWith("http", StringComparison.OrdinalIgnoreCase)),
            ];
        }
        catch (Exception problem) when (problem is IOException or JsonException or FormatException)
        {
            // The reader of the report says what is wrong with it.
            return [];
        }
    }

    static async Task<bool?> HasVulnerabilitiesAsync(HttpClient http, string source, CancellationToken cancel)
    {
        try
        {
            using var index = JsonDocument.Parse(await http.GetByteArrayAsync(source, cancel));
            return index
                .RootElement.Items("resources")
                .Any(resource => resource.Text("@type")?.StartsWith("VulnerabilityInfo/", StringComparison.Ordinal) == true);
        }
        catch (Exception problem)
            when (problem is HttpRequestException or JsonException or FormatException or UriFormatException or InvalidOperationException
                || problem is OperationCanceledException && !cancel.IsCancellationRequested
            )
        {
            return null;
        }
    }
}
