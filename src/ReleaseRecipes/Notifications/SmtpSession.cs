using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Notifications;

/// <summary>One conversation with a mail server (RFC 5321).</summary>
sealed class SmtpSession : IAsyncDisposable
{
    const int LongestLine = 4096;
    const int MostLines = 100;

    readonly TcpClient client = new();
    readonly string host;
    Stream stream = Stream.Null;

    SmtpSession(string host) => this.host = host;

    /// <summary>What the server says it can.</summary>
    public IReadOnlyList<string> Abilities { get; private set; } = [];

    public bool IsEncrypted => stream is SslStream;

    /// <summary>Connects and says hello.</summary>
    public static async Task<SmtpSession> OpenAsync(
        string host,
        int port,
        RemoteCertificateValidationCallback? trust,
        CancellationToken cancel
    )
    {
        var session = new SmtpSession(host);
        try
        {
            await session.client.ConnectAsync(host, port, cancel);
            session.stream = session.client.GetStream();
            if (port == 465)
            {
                await session.EncryptAsync(trust, cancel);
            }

            await session.ExpectAsync(220, cancel);
            await session.HelloAsync(cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on over an encrypted connection.</summary>
    public async Task StartTlsAsync(RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        await SayAsync("STARTTLS", 220, cancel);
        await EncryptAsync(trust, cancel);
        // What was said in the clear counts no more.
        await HelloAsync(cancel);
    }

    /// <summary>Says one line and waits for the answer.</summary>
    /// <exception cref="ReleaseException">The server answers with another code.</exception>
    public async Task SayAsync(string line, int expected, CancellationToken cancel)
    {
        await WriteAsync(line, cancel);
        await ExpectAsync(expected, cancel);
    }

    /// <summary>Hands over the mail. Once its end is sent, the mail may be delivered whatever happens.</summary>
    public async Task HandOverAsync(IEnumerable<string> lines, CancellationToken cancel)
    {
        await SayAsync("DATA", 354, cancel);
        var mail = string.Join("\r\n", lines).Split("\r\n").Select(line => line.StartsWith('.') ? "." + line : line);
        await SayAsync(string.Join("\r\n", mail) + "\r\n.", 250, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    async Task HelloAsync(CancellationToken cancel)
    {
        await WriteAsync("EHLO localhost", cancel);
        Abilities = await ExpectAsync(250, cancel);
    }

    async Task EncryptAsync(RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = encrypted;
        await encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = trust },
            cancel
        );
    }

    async Task WriteAsync(string text, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), cancel);
        await stream.FlushAsync(cancel);
    }

    async Task<IReadOnlyList<string>> ExpectAsync(int code, CancellationToken cancel)
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await LineAsync(cancel));
        } while (lines[^1].Length > 3 && lines[^1][3] == '-' && lines.Count < MostLines);

        return lines[^1].StartsWith($"{code}", StringComparison.Ordinal)
            ? lines
            : throw new ReleaseException($"The mail server said: {PlainText.Line(lines[^1])}");
    }

    // Byte by byte: what follows the answer to STARTTLS belongs to the encryption and must not be read ahead.
    async Task<string> LineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine)
        {
            if (await stream.ReadAsync(one, cancel) == 0)
            {
                throw new IOException("The mail server ended the connection.");
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new ReleaseException("The mail server's answer is too long.");
    }
}
