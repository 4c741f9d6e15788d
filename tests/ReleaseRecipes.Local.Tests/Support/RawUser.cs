using System.Net.Sockets;
using System.Text;

namespace ReleaseRecipes.Local.Tests.Support;

/// <summary>A user who writes bytes as they stand in the test, and reads whatever comes back.</summary>
sealed class RawUser : IDisposable
{
    readonly TcpClient connection;
    readonly NetworkStream stream;

    RawUser(TcpClient connected)
    {
        connection = connected;
        stream = connected.GetStream();
    }

    public static async Task<RawUser> ConnectAsync(Uri url)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(url.Host, url.Port);
        return new RawUser(connection);
    }

    /// <summary>Sends all of it, and returns all answers until the gateway closes the connection.</summary>
    public static async Task<string> AskAsync(Uri url, string request)
    {
        using var user = await ConnectAsync(url);
        await user.WriteAsync(request);
        return await user.ReadToEndAsync();
    }

    public async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads until the answer contains a text, and returns what was read.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, limit.Token);
            Assert.That(count, Is.Positive, $"the connection ended after: {read}");
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    public void Dispose() => connection.Dispose();

    async Task<string> ReadToEndAsync()
    {
        var read = new MemoryStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await stream.CopyToAsync(read, limit.Token);
        }
        catch (IOException)
        {
            // Aborted by the gateway: what it had said before counts.
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }
}
