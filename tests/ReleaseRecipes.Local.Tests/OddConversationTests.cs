using System.Globalization;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

/// <summary>What RFC 9110 and 9112 allow, and few do; and what instances answer that they must not.</summary>
[Category("Slow")]
public sealed class OddConversationTests
{
    [Test]
    public async Task The_corners_of_HTTP_pass()
    {
        await using var machine = await ServingAsync("");
        var url = await machine.UrlAsync();
        using var user = await RawUser.ConnectAsync(url);

        // The body is sent when the gateway has asked for it.
        await user.WriteAsync("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        var asked = await user.ReadUntilAsync("\r\n\r\n");
        await user.WriteAsync("hello");
        var taken = await user.ReadUntilAsync("\r\n0\r\n\r\n");

        // One connection after another request: an answer to HEAD has a length and no body, and those of 204 and 304 have neither.
        await user.WriteAsync("HEAD /head HTTP/1.1\r\nHost: x\r\n\r\n");
        var head = await user.ReadUntilAsync("\r\n\r\n");
        await user.WriteAsync("GET /status/204 HTTP/1.1\r\nHost: x\r\n\r\n");
        var empty = await user.ReadUntilAsync("\r\n\r\n");
        await user.WriteAsync("GET /status/304 HTTP/1.1\r\nHost: x\r\n\r\n");
        var unchanged = await user.ReadUntilAsync("\r\n\r\n");
        await user.WriteAsync(
            "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n"
        );
        var chunked = await user.ReadUntilAsync("\r\n0\r\n\r\n");
        await user.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var last = await user.ReadUntilAsync("1.0.0");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Does.StartWith("HTTP/1.1 100 "));
            Assert.That(taken, Does.StartWith("HTTP/1.1 200 ").And.Contain("\r\n5\r\n"));
            Assert.That(head, Does.StartWith("HTTP/1.1 200 ").And.Contain("Content-Length: 1234").And.EndWith("\r\n\r\n"));
            Assert.That(empty, Does.StartWith("HTTP/1.1 204 "));
            Assert.That(unchanged, Does.StartWith("HTTP/1.1 304 "));
            Assert.That(chunked, Does.StartWith("HTTP/1.1 200 ").And.Contain("\r\n5\r\n"));
            Assert.That(last, Does.StartWith("HTTP/1.1 200 "));
        }
    }

    [Test]
    public async Task An_upgrade_that_is_refused_is_an_answer_like_any_other()
    {
        await using var machine = await ServingAsync("");
        var url = await machine.UrlAsync();

        var plain = await RawUser.AskAsync(
            url,
            "GET /headers HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
        );
        var second = await RawUser.AskAsync(
            url,
            "GET /headers HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
        );

        Assert.That(plain, Does.StartWith("HTTP/1.1 200 ").And.Contain("Upgrade: websocket"));
        Assert.That(second, Does.StartWith("HTTP/1.1 200 ").And.Not.Contain("h2c").And.Not.Contain("HTTP2-Settings"));
    }

    [Test]
    public async Task What_an_instance_answers_oddly_harms_nobody()
    {
        await using var machine = await ServingAsync("raw");
        var url = await machine.UrlAsync();
        async Task<string> GetAsync(string path) =>
            await RawUser.AskAsync(url, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        using (Assert.EnterMultipleScope())
        {
            // RFC 9110, 6.5.1: a recipient may discard trailers
            Assert.That(await GetAsync("/trailers"), Does.StartWith("HTTP/1.1 200 ").And.Contain("hello").And.Not.Contain("Trailer"));
            Assert.That(await GetAsync("/hints"), Does.StartWith("HTTP/1.1 200 ").And.EndWith("hello"));
            Assert.That(await GetAsync("/switch"), Does.StartWith("HTTP/1.1 502 "));
            Assert.That(await GetAsync("/garbage"), Does.Match("^HTTP/1.1 50[23] "));
            Assert.That(await GetAsync("/lengths"), Does.StartWith("HTTP/1.1 502 "));
            Assert.That(await GetAsync("/two"), Does.EndWith("hello"));
            // What came after an answer is nobody's.
            Assert.That(await GetAsync("/good"), Does.EndWith("good"));
            Assert.That(await GetAsync("/good"), Does.EndWith("good"));
        }

        var measured = await machine.MeasureAsync("1.0.0");
        Assert.That(measured.Candidate["error_rate"].Value, Is.Positive, "what is no answer is an error");
    }

    [Test]
    public async Task A_refusal_before_the_body_arrives_at_the_user()
    {
        await using var machine = await ServingAsync("");

        using var body = new ByteArrayContent(new byte[1_000_000]);
        using var answer = await machine.Http.PostAsync(new Uri(await machine.UrlAsync(), "/refuse"), body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
    }

    [Test]
    public async Task A_body_that_comes_slowly_is_passed_on_as_it_comes()
    {
        await using var machine = await ServingAsync("");
        using var user = await RawUser.ConnectAsync(await machine.UrlAsync());

        await user.WriteAsync("POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        await user.WriteAsync("5\r\nhello\r\n");
        // The instance shows what it has while the body goes on.
        await Machine.UntilAsync(async () => await machine.GetAsync("/first") == "hello", "the first piece arrived");
        await user.WriteAsync("6\r\n world\r\n0\r\n\r\n");

        Assert.That(await user.ReadUntilAsync("hello world"), Does.StartWith("HTTP/1.1 200 "));
    }

    static async Task<Machine> ServingAsync(string ill)
    {
        var machine = new Machine();
        await machine.InstallAsync("1.0.0", ill: ill);
        await machine.ShiftAsync(("1.0.0", 100));
        return machine;
    }
}
