using System.Net.Http.Headers;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Asks servers for metrics: short answers only, in a short time, and no redirects, which could carry the token to another host.
/// </summary>
static class MetricsClient
{
    const int LongestAnswer = 4 * 1024 * 1024;

    static readonly HttpClient Http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }
    )
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>The body of a 200 answer.</summary>
    /// <exception cref="ReleaseException">The server cannot be reached, is too slow, or answers something else.</exception>
    public static async Task<string> GetAsync(Uri address, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using var response = await Http.SendAsync(request, cancel);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(cancel)
                : throw new ReleaseException(
                    (int)response.StatusCode is >= 300 and < 400
                        ? $"{address.Host} answers with a redirect, which is not followed"
                        : $"{address.Host} answers {(int)response.StatusCode}"
                );
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw new ReleaseException($"{address.Host} cannot be asked: {problem.Message}", inner: problem);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ReleaseException($"{address.Host} did not answer in time");
        }
    }
}
