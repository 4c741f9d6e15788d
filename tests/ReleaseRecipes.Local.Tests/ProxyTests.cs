using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

public sealed class ProxyTests
{
    [Test]
    public async Task A_body_of_100_megabytes_passes_without_being_held()
    {
        await using var machine = await ServingAsync();
        using var body = new StreamContent(new Zeros(100_000_000));

        using var answer = await machine.Http.PostAsync(new Uri(await machine.UrlAsync(), "/length"), body);

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("100000000"));
        Assert.That(System.Diagnostics.Process.GetProcessById(machine.Gateway.Process.Id).WorkingSet64, Is.LessThan(300_000_000));
    }

    [Test]
    public async Task A_chunked_body_and_a_large_answer_pass()
    {
        await using var machine = await ServingAsync();
        using var body = new StreamContent(new Zeros(300_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await machine.UrlAsync(), "/echo")) { Content = body };
        request.Headers.TransferEncodingChunked = true;

        using var echoed = await machine.Http.SendAsync(request);
        var large = await machine.Http.GetByteArrayAsync(new Uri(await machine.UrlAsync(), "/bytes/5000000"));

        Assert.That((await echoed.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(300_000));
        Assert.That(large.Length, Is.EqualTo(5_000_000));
    }

    [Test]
    public async Task Events_arrive_one_by_one()
    {
        await using var machine = await ServingAsync();
        var folder = await machine.GetAsync("/folder");

        using var answer = await machine.Http.GetAsync(
            new Uri(await machine.UrlAsync(), "/events/3"),
            HttpCompletionOption.ResponseHeadersRead
        );
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var events = new List<string>();
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                events.Add(line);
                await File.WriteAllTextAsync(Path.Combine(folder, $"seen-{events.Count}"), "");
            }
        }

        Assert.That(events, Is.EqualTo(new[] { "data: 1", "data: 2", "data: 3" }));
    }

    [Test]
    public async Task A_web_socket_goes_both_ways()
    {
        await using var machine = await ServingAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(await machine.UrlAsync()) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None);
        var buffer = new byte[100];

        var answers = new List<string>();
        foreach (var text in (string[])["one", "two", "three"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            answers.Add(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.That(answers, Is.EqualTo(new[] { "one", "two", "three" }));
        Assert.That(socket.State, Is.EqualTo(WebSocketState.Closed));
    }

    [Test]
    public async Task Headers_pass_but_for_those_of_one_connection_only()
    {
        await using var machine = await ServingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(await machine.UrlAsync(), "/headers"));
        request.Headers.Add("X-Kept", "kept");
        request.Headers.Add("X-Hop", "dropped");
        request.Headers.Add("Connection", "X-Hop");
        request.Headers.TryAddWithoutValidation("Keep-Alive", "timeout=5");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using var answer = await machine.Http.SendAsync(request);
        var seen = await answer.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Does.Contain("X-Kept: kept"));
            Assert.That(seen, Does.Not.Contain("X-Hop").And.Not.Contain("Keep-Alive"));
            Assert.That(seen, Does.Match("X-Forwarded-For: 192.0.2.1, ?127.0.0.1"));
            Assert.That(seen, Does.Contain("X-Forwarded-Proto: http"));
            Assert.That(seen, Does.Contain("Host: 127.0.0.1:" + request.RequestUri!.Port));
            Assert.That(answer.Headers.GetValues("X-Answer"), Is.EqualTo(new[] { "one", "two" }));
            Assert.That(answer.Headers.Contains("X-Secret-Hop"), Is.False);
        }
    }

    [Test]
    public async Task A_path_passes_as_the_user_wrote_it()
    {
        await using var machine = await ServingAsync();
        var url = await machine.UrlAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", url.Port);

        await using var stream = connection.GetStream();
        await stream.WriteAsync("GET /path/a%2Fb/%2e%2e/c?q=%20x&y=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        Assert.That(await reader.ReadToEndAsync(), Does.Contain("/path/a%2Fb/%2e%2e/c?q=%20x&y=1"));
    }

    [Test]
    public async Task A_user_who_reads_slowly_holds_nobody_up()
    {
        await using var machine = await ServingAsync();
        var url = await machine.UrlAsync();
        var slow = new List<TcpClient>();
        for (var i = 0; i < 50; i++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync("127.0.0.1", url.Port);
            // Half a request, and an answer that is never read.
            await connection
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        i % 2 == 0
                            ? "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"
                            : "GET /bytes/50000000 HTTP/1.1\r\nHost: x\r\n\r\n"
                    )
                );
            slow.Add(connection);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => machine.GetAsync("/")));

        Assert.That(answers, Has.All.EqualTo("1.0.0"));
        slow.ForEach(connection => connection.Dispose());
    }

    [Test]
    public async Task Half_an_answer_ends_as_a_broken_connection_and_counts_as_an_error()
    {
        await using var machine = await ServingAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => machine.GetAsync("/half"));

        await Machine.UntilAsync(
            async () => (await machine.MeasureAsync("1.0.0")).Candidate["error_rate"].Value > 0,
            "the broken answer is counted"
        );
    }

    static async Task<Machine> ServingAsync()
    {
        var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        return machine;
    }

    sealed class Zeros(long length) : Stream
    {
        long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, left);
            left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
