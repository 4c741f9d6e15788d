using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>
/// One request to the gateway that runs now. A gateway that is not there, or dies in the middle, is an exception of the transport; what
/// it refuses is a <see cref="ReleaseException"/>.
/// </summary>
sealed class GatewayConnection(EnvironmentFolder folder, long fence)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // One for the process: no proxy, for nothing leaves the machine; no redirect, for the token goes nowhere else.
    static readonly HttpClient Http = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Whether a failure means that the gateway was not there.</summary>
    public static bool IsLost(Exception problem) => problem is HttpRequestException or IOException or JsonException;

    /// <summary>Whether a gateway is there and knows our token.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await SendAsync(HttpMethod.Get, "/state", null, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (IsLost(problem) || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    public async Task<T> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var answer = await ExpectAsync(HttpMethod.Get, path, null, cancel);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(cancel), type)!;
    }

    public async Task TellAsync(string path, CancellationToken cancel) =>
        (await ExpectAsync(HttpMethod.Post, path, null, cancel)).Dispose();

    public async Task TellAsync<T>(string path, T command, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var content = Json(command, type);
        (await ExpectAsync(HttpMethod.Post, path, content, cancel)).Dispose();
    }

    /// <summary>Installs, and passes on what happens meanwhile.</summary>
    public async Task InstallAsync(InstallCommand command, IProgress<string> progress, CancellationToken cancel)
    {
        using var content = Json(command, LocalJson.Default.InstallCommand);
        using var answer = await ExpectAsync(HttpMethod.Post, "/install", content, cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            var news = JsonSerializer.Deserialize(line, LocalJson.Default.InstallNews)!;
            if (news.Failed is { } failed)
            {
                throw new ReleaseException(failed.What, failed.Where, failed.Todo);
            }

            if (news.Done)
            {
                return;
            }

            progress.Report(news.Progress ?? "");
        }

        throw new IOException("The gateway's answer broke off.");
    }

    async Task<HttpResponseMessage> ExpectAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        var answer = await SendAsync(method, path, content, cancel);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancel);
            var refusal = text.StartsWith('{') ? JsonSerializer.Deserialize(text, LocalJson.Default.Refusal) : null;
            throw refusal is null
                ? new ReleaseException($"The gateway answered {(int)answer.StatusCode}.", folder.Path, $"See {folder.GatewayLog}")
                : new ReleaseException(refusal.What, refusal.Where, refusal.Todo);
        }
    }

    async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        var place = GatewayStart.Running(folder) ?? throw new HttpRequestException("no gateway is running");
        using var request = new HttpRequestMessage(
            method,
            $"http://127.0.0.1:{place.Control.ToString(CultureInfo.InvariantCulture)}{path}"
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WholeFile.Read(folder.Token)?.Trim() ?? "none");
        request.Headers.Add("X-Release-Fence", fence.ToString(CultureInfo.InvariantCulture));
        request.Content = content;
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    static StringContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json");
}
