using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>An instance that writes its answers byte by byte as they stand here: for what no good server would answer.</summary>
static class RawApp
{
    static readonly Dictionary<string, string> Answers = new()
    {
        ["/healthz"] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        ["/good"] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood",
        ["/trailers"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
        ["/hints"] = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ["/switch"] = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: odd\r\n\r\n",
        ["/garbage"] = "this is not HTTP\r\n\r\n",
        ["/two"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
        ["/lengths"] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
    };

    public static async Task<int> RunAsync(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
    }

    static async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                while (await reader.ReadLineAsync() is { } line)
                {
                    while (await reader.ReadLineAsync() is { Length: > 0 }) { }

                    var path = line.Split(' ')[1];
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(Answers.GetValueOrDefault(path) ?? Answers["/good"]));
                }
            }
            catch (IOException)
            {
                // The gateway went away.
            }
        }
    }
}
