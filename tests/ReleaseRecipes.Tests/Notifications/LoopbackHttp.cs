using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseRecipes.Tests.Notifications;

/// <summary>A small HTTP server on loopback that answers as the test says and keeps what it was asked.</summary>
sealed class LoopbackHttp : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly Func<Request, string> answer;
    readonly List<Request> requests = [];
    readonly Task serving;

    public LoopbackHttp(Func<Request, string> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public static string Reply(int status, string body = "", string header = "") =>
        $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{(header.Length > 0 ? header + "\r\n" : "")}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        listener.Dispose();
        end.Dispose();
    }

    async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException)
            {
                // The test is over, or the client went away.
            }
        }
    }

    async Task AnswerAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, end.Token);
            if (read == 0)
            {
                return;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        var parts = text.ToString().Split("\r\n\r\n", 2);
        var request = new Request(parts[0].Split("\r\n")[0], parts[0], parts[1]);
        lock (requests)
        {
            requests.Add(request);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(request)), end.Token);
    }

    static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= (length is null ? 0 : int.Parse(length[15..], null));
    }
}

sealed record Request(string Line, string Head, string Body);
