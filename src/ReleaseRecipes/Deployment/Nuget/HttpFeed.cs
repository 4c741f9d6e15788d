using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>A server that speaks NuGet's protocol, version 3 (https://learn.microsoft.com/nuget/api/overview). Redirects are not followed with the key.</summary>
sealed class HttpFeed(Uri index, string? apiKey) : INugetFeed
{
    const long LargestPackage = 512L * 1024 * 1024;
    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromMinutes(5),
        MaxResponseContentBufferSize = LargestPackage,
    };
    JsonArray? resources;

    public string Source => index.AbsoluteUri;

    public async Task<string?> DigestAsync(string id, string version, CancellationToken cancel)
    {
        var (lowId, lowVersion) = (id.ToLowerInvariant(), version.ToLowerInvariant());
        var address = $"{await ResourceAsync("PackageBaseAddress", cancel)}/{lowId}/{lowVersion}/{lowId}.{lowVersion}.nupkg";
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        Check(response, "read");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await response.Content.ReadAsByteArrayAsync(cancel), cancel);
            return NugetPackage.Read(file).Digest;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task PushAsync(NugetPackage package, CancellationToken cancel)
    {
        var address = await ResourceAsync("PackagePublish", cancel);
        var bytes = await File.ReadAllBytesAsync(package.Path, cancel);
        using var response = await SendAsync(
            () =>
            {
                var content = new MultipartFormDataContent { { new ByteArrayContent(bytes), "package", package.FileName } };
                return WithKey(new HttpRequestMessage(HttpMethod.Put, address) { Content = content });
            },
            cancel
        );
        Check(response, $"push {package.FileName} to");
    }

    public async Task RelistAsync(string id, string version, CancellationToken cancel)
    {
        using var response = await AboutAsync(HttpMethod.Post, id, version, cancel);
        // Feeds that only delete have nothing to list again, and do not know the request.
        if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented))
        {
            Check(response, $"list {id} {version} again on");
        }
    }

    public async Task WithdrawAsync(string id, string version, CancellationToken cancel)
    {
        using var response = await AboutAsync(HttpMethod.Delete, id, version, cancel);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            Check(response, $"unlist {id} {version} on");
        }
    }

    async Task<HttpResponseMessage> AboutAsync(HttpMethod method, string id, string version, CancellationToken cancel)
    {
        var address = $"{await ResourceAsync("PackagePublish", cancel)}/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(version)}";
        return await SendAsync(() => WithKey(new HttpRequestMessage(method, address)), cancel);
    }

    async Task<string> ResourceAsync(string type, CancellationToken cancel)
    {
        resources ??= await IndexAsync(cancel);
        var found = resources
            .OfType<JsonObject>()
            .FirstOrDefault(resource => $"{resource["@type"]}".StartsWith(type + "/", StringComparison.Ordinal));
        return found is not null
            ? $"{found["@id"]}".TrimEnd('/')
            : throw new ReleaseException(
                $"The feed {index.Host} offers no {type}.",
                todo: "nuget.source has to be the address of a v3 index.json."
            );
    }

    async Task<JsonArray> IndexAsync(CancellationToken cancel)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, index), cancel);
        Check(response, "read");
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancel))?["resources"] as JsonArray ?? [];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new ReleaseException($"The feed {index.Host} answers something that is no v3 index.", inner: problem);
        }
    }

    HttpRequestMessage WithKey(HttpRequestMessage request)
    {
        request.Headers.Add("X-NuGet-ApiKey", apiKey ?? "");
        return request;
    }

    async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            using var message = request();
            return await Http.SendAsync(message, cancel);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw new ReleaseException($"The feed {index.Host} cannot be reached: {problem.Message}", inner: problem);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ReleaseException($"The feed {index.Host} did not answer in time.");
        }
    }

    void Check(HttpResponseMessage response, string what)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ReleaseException(
                $"To {what} the feed {index.Host} failed with {(int)response.StatusCode}.",
                todo: response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? "Check the key in the variable that nuget.api_key_env names, and that it may push this package."
                    : null
            );
        }
    }
}
