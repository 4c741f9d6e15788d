using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// The API server of one kubeconfig context, through <c>kubectl proxy</c>: kubectl logs in, in whatever way the kubeconfig says, and one process
/// serves all requests of a build. It listens on a socket in a folder that only this user can open, and ends with the build, even with one that is
/// killed.
/// </summary>
sealed class KubectlProxy(string? context)
{
    // The shell outlives neither: it waits for the end of its input, which is the end of the build.
    const string Script = """
        trap '' INT HUP
        folder=$1; shift
        kubectl "$@" &
        exec >/dev/null 2>&1
        cat
        kill $!
        rm -rf -- "$folder"
        """;

    static readonly ConcurrentDictionary<(string? Context, string? Configuration), KubectlProxy> Open = new();
    readonly Lock turn = new();
    Task<Session>? session;

    /// <summary>The one for a context; the kubeconfig's current one where null.</summary>
    public static KubectlProxy Of(string? context) =>
        Open.GetOrAdd((context, Environment.GetEnvironmentVariable("KUBECONFIG")), key => new KubectlProxy(key.Context));

    /// <summary>Whether the server ever answered: then it is worth waiting for.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Sends a request. A kubectl that ended is started again, and one whose login ran out is too: the kubeconfig may hold a newer one.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="ReleaseException">kubectl does not start.</exception>
    public async Task<KubernetesAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var used = await SessionAsync(null, cancel);
        KubernetesAnswer answer;
        try
        {
            answer = await SendAsync(used, request, cancel);
        }
        catch (HttpRequestException problem) when (problem.InnerException is SocketException)
        {
            used = await SessionAsync(used, cancel);
            answer = await SendAsync(used, request, cancel);
        }

        if (answer.Code == 401 && HasAnswered)
        {
            used = await SessionAsync(used, cancel);
            answer = await SendAsync(used, request, cancel);
        }

        HasAnswered |= answer is { Code: not 401, IsOfServer: true };
        return answer;
    }

    /// <summary>Sends a request whose answer goes on for as long as the server has something to tell.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancel) =>
        await (await SessionAsync(null, cancel)).Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);

    static async Task<KubernetesAnswer> SendAsync(Session session, Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        using var message = request();
        using var response = await session.Client.SendAsync(message, cancel);
        return await KubernetesAnswer.OfAsync(response, cancel);
    }

    /// <summary>The one that all requests share, or another one where it is broken or did not start.</summary>
    Task<Session> SessionAsync(Session? broken, CancellationToken cancel)
    {
        lock (turn)
        {
            if (session is { IsCompletedSuccessfully: true } && session.Result == broken)
            {
                broken!.Dispose();
                session = null;
            }

            session = session is null or { IsFaulted: true } ? StartAsync() : session;
            return session.WaitAsync(cancel);
        }
    }

    async Task<Session> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("release-recipes-").FullName;
        var socket = Path.Combine(folder, "kubectl");
        IReadOnlyList<string> where = context is null ? [] : [$"--context={context}"];
        IReadOnlyList<string> arguments = [.. where, "proxy", $"--unix-socket={socket}"];
        var process = ProgramRunner.Start(
            OperatingSystem.IsWindows()
                ? new ProgramCall("kubectl", arguments)
                : new ProgramCall("/bin/sh", ["-c", Script, "sh", folder, .. arguments])
        );
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ready = await process.StandardOutput.ReadLineAsync();
        var started = new Session(process, folder, socket);
        if (ready is not null)
        {
            return started;
        }

        started.Dispose();
        throw KubernetesProblem.OfStart(await errors, context);
    }

    sealed class Session(Process process, string folder, string socket) : IDisposable
    {
        public HttpClient Client { get; } =
            new(Handler(socket)) { BaseAddress = new Uri("http://localhost/"), Timeout = Timeout.InfiniteTimeSpan };

        public void Dispose()
        {
            Client.Dispose();
            process.StandardInput.Close();
            if (OperatingSystem.IsWindows())
            {
                process.Kill();
                Directory.Delete(folder, recursive: true);
            }

            process.Dispose();
        }

        static SocketsHttpHandler Handler(string socket) =>
            new()
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                ConnectCallback = async (_, cancel) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    try
                    {
                        await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancel);
                        return new NetworkStream(connection, ownsSocket: true);
                    }
                    catch
                    {
                        connection.Dispose();
                        throw;
                    }
                },
            };
    }
}
