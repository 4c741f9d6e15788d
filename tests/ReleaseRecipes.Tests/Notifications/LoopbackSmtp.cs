using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ReleaseRecipes.Tests.Notifications;

/// <summary>A small mail server on loopback that keeps what it was told.</summary>
sealed class LoopbackSmtp : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly Task serving;

    public LoopbackSmtp()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether it offers STARTTLS, with a certificate that it made itself.</summary>
    public bool Tls { get; init; }

    /// <summary>The lines that it answers otherwise than usual, by their first word.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public List<string> Commands { get; } = [];

    public List<string> Mail { get; } = [];

    /// <summary>How many mails it took.</summary>
    public int Taken { get; private set; }

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
                await TalkAsync(client.GetStream());
            }
            catch (Exception problem)
                when (problem
                        is OperationCanceledException
                            or SocketException
                            or IOException
                            or ObjectDisposedException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The test is over, or the client went away.
            }
        }
    }

    async Task TalkAsync(Stream stream)
    {
        var (reader, writer) = Over(stream);
        await writer.WriteLineAsync("220 loopback");
        while (await reader.ReadLineAsync(end.Token) is { } line)
        {
            Commands.Add(line);
            var word = line.Split(' ', ':')[0];
            await writer.WriteLineAsync(Answers.GetValueOrDefault(word, Usual(word)));
            if (word == "STARTTLS")
            {
                var encrypted = new SslStream(stream);
                using var certificate = Certificate();
                await encrypted.AuthenticateAsServerAsync(certificate);
                (reader, writer) = Over(encrypted);
            }
            else if (word == "DATA" && !Answers.ContainsKey(word))
            {
                while (await reader.ReadLineAsync(end.Token) is { } text && text != ".")
                {
                    Mail.Add(text);
                }

                Taken++;
                await writer.WriteLineAsync(Answers.GetValueOrDefault(".", "250 taken"));
            }
        }
    }

    string Usual(string word) =>
        word switch
        {
            "EHLO" => Tls ? "250-loopback\r\n250-STARTTLS\r\n250 AUTH PLAIN" : "250-loopback\r\n250 AUTH PLAIN",
            "STARTTLS" => "220 go on",
            "AUTH" => "235 welcome",
            "DATA" => "354 go on",
            _ => "250 ok",
        };

    static (StreamReader, StreamWriter) Over(Stream stream) =>
        (new StreamReader(stream, leaveOpen: true), new StreamWriter(stream, leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" });

    static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
