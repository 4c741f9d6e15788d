using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Deployment.Local;

/// <summary>Commands the gateway of one environment, and starts it where it does not run.</summary>
sealed class GatewayClient(EnvironmentFolder folder, long fence)
{
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

    readonly GatewayStart start = new(folder);

    /// <summary>What runs; null where no gateway does.</summary>
    public async Task<GatewayStatus?> StatusAsync(bool revive, CancellationToken cancel) =>
        await ReviveAsync(revive, cancel) ? await GetAsync("/state", LocalJson.Default.GatewayStatus, cancel) : null;

    public Task<List<VersionMeasured>> MeasureAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"/measure?from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}"),
            LocalJson.Default.ListVersionMeasured,
            cancel
        );

    /// <summary>Sees to it that the gateway runs, from this build's program, on the port asked for.</summary>
    public Task StartAsync(int? port, CancellationToken cancel) =>
        start.EnsureAsync(port, () => AnswersAsync(cancel), HandOverAsync, cancel);

    /// <summary>Waits for a gateway that is just coming back, and brings it back where its watchdog is gone too. False: none is to run.</summary>
    /// <param name="revive">False: only looks, as a plan does.</param>
    public async Task<bool> ReviveAsync(bool revive, CancellationToken cancel) =>
        await AnswersAsync(cancel)
        || (
            start.WasStarted
            && (
                revive
                    ? await start.ReviveAsync(() => AnswersAsync(cancel), cancel)
                    : await start.ComesBackAsync(() => AnswersAsync(cancel), cancel)
            )
        );

    public Task ShiftAsync(ShiftCommand command, CancellationToken cancel) =>
        PostAsync("/shift", command, LocalJson.Default.ShiftCommand, cancel);

    public Task RetireAsync(RetireCommand command, CancellationToken cancel) =>
        PostAsync("/retire", command, LocalJson.Default.RetireCommand, cancel);

    /// <summary>Stops everything that runs in the environment.</summary>
    public async Task DownAsync(CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, "/down");
        using var answer = await SendAsync(request, cancel);
        await ExpectAsync(answer, cancel);
        await start.EndAsync(cancel);
    }

    /// <exception cref="ReleaseException">The version did not become healthy.</exception>
    public async Task InstallAsync(InstallCommand command, IProgress<string> progress, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, "/install");
        request.Content = Json(command, LocalJson.Default.InstallCommand);
        using var answer = await SendAsync(request, cancel);
        await ExpectAsync(answer, cancel);
        try
        {
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
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or JsonException)
        {
            throw Lost(problem);
        }

        throw Lost(null);
    }

    async Task HandOverAsync(CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, "/handover");
        using var answer = await SendAsync(request, cancel);
        await ExpectAsync(answer, cancel);
    }

    async Task PostAsync<T>(string path, T command, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = Json(command, type);
        using var answer = await SendAsync(request, cancel);
        await ExpectAsync(answer, cancel);
    }

    async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await SendAsync(request, cancel);
        await ExpectAsync(answer, cancel);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(cancel), type)!;
    }

    async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            if (start.Running() is null)
            {
                return false;
            }

            using var request = Request(HttpMethod.Get, "/state");
            using var answer = await Http.SendAsync(request, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    HttpRequestMessage Request(HttpMethod method, string path)
    {
        var place = start.Running() ?? throw Lost(null);
        var request = new HttpRequestMessage(method, $"http://127.0.0.1:{place.Control.ToString(CultureInfo.InvariantCulture)}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WholeFile.Read(folder.Token)?.Trim() ?? "none");
        request.Headers.Add("X-Release-Fence", fence.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException problem)
        {
            throw Lost(problem);
        }
    }

    async Task ExpectAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var text = await answer.Content.ReadAsStringAsync(cancel);
        var refusal = text.StartsWith('{') ? JsonSerializer.Deserialize(text, LocalJson.Default.Refusal) : null;
        throw refusal is null
            ? new ReleaseException($"The gateway answered {(int)answer.StatusCode}.", folder.Path, $"See {folder.GatewayLog}")
            : new ReleaseException(refusal.What, refusal.Where, refusal.Todo);
    }

    ReleaseException Lost(Exception? problem) =>
        new(
            "The gateway of this environment does not answer.",
            problem is null ? folder.Path : $"{folder.Path}: {problem.Message}",
            $"Run the same command again; what the gateway wrote is in {folder.GatewayLog}",
            inner: problem
        );

    static StringContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json");
}
