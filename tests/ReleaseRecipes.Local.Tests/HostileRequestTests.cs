using System.Globalization;
using ReleaseRecipes.Local.Tests.Support;

namespace ReleaseRecipes.Local.Tests;

/// <summary>Requests that mean one thing to one server and another thing to the next: none reaches an instance that the gateway did not count.</summary>
[Category("Slow")]
public sealed class HostileRequestTests
{
    const string Inner = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    const string Last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    static readonly string[] Refused =
    [
        Post("Content-Length: 5\r\nContent-Length: 6", "hello!"),
        Post("Content-Length: 5, 6", "hello!"),
        Post("Content-Length: 0x5", "hello"),
        Post("Content-Length: -1", "hello"),
        Post("Content-Length: 99999999999999999999", "hello"),
        Post("Transfer-Encoding: xchunked", "5\r\nhello\r\n0\r\n\r\n"),
        Post("Transfer-Encoding: chunked, identity", "5\r\nhello\r\n0\r\n\r\n"),
        Post("Transfer-Encoding : chunked", "0\r\n\r\n" + Inner),
        Post("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"),
        Post("Transfer-Encoding: chunked", "0x5\r\nhello\r\n0\r\n\r\n"),
        Post("Transfer-Encoding: chunked", "5\r\nhello!!0\r\n\r\n"),
        Post("X-Fold: one\r\n two\r\nContent-Length: 5", "hello"),
        Post("X-Null: a\0b\r\nContent-Length: 5", "hello"),
        Post("X Space: b\r\nContent-Length: 5", "hello"),
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    ];

    static readonly string[] Taken =
    [
        // Whatever the user wrote, the gateway writes a length of its own.
        Post("Content-Length: +5", "hello"),
        // RFC 9112, 6.3: Transfer-Encoding goes before Content-Length; what comes after the body is a request of its own
        Post("Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + Inner),
        Post("Transfer-Encoding: chunked\r\nContent-Length: 400", "5\r\nhello\r\n0\r\n\r\n" + Inner),
        $"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: {Inner.Length}\r\n\r\n{Inner}",
        Post($"Connection: close, Content-Length\r\nContent-Length: {Inner.Length}", Inner),
        Post($"Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked", $"{Inner.Length:x};a=b\r\n{Inner}\r\n0\r\n\r\n"),
        Post("Transfer-Encoding: chunked", $"{Inner.Length:x}\r\n{Inner}\r\n0\r\nContent-Length: 5\r\nX-Trailer: a\r\n\r\n" + Inner),
        Inner + Inner + Inner,
    ];

    [Test]
    public async Task No_request_reaches_an_instance_that_the_gateway_did_not_count()
    {
        await using var machine = new Machine();
        await machine.InstallAsync("1.0.0");
        await machine.ShiftAsync(("1.0.0", 100));
        var url = await machine.UrlAsync();

        var statuses = new List<string>();
        foreach (var request in Refused)
        {
            statuses.Add((await RawUser.AskAsync(url, request + Last)).Split('\r')[0]);
        }

        var before = await CountsAsync(machine);
        foreach (var request in Taken)
        {
            Assert.That(
                await RawUser.AskAsync(url, request + Last),
                Does.StartWith("HTTP/1.1 200 ").Or.StartWith("HTTP/1.1 404 "),
                request
            );
        }

        var after = await CountsAsync(machine);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(statuses.Zip(Refused).Where(pair => !IsRefusal(pair.First)), Is.Empty);
            // The gateway has counted the question for what was seen before, too. A body that turns out malformed on its way is counted, and its request may not have got through.
            Assert.That(before.Seen, Is.LessThanOrEqualTo(before.Counted));
            Assert.That(
                after.Seen - before.Seen,
                Is.EqualTo(after.Counted - before.Counted - 1).And.GreaterThanOrEqualTo(2 * Taken.Length)
            );
            Assert.That(after.Errors, Is.Zero, "what users do wrong is not the version's doing");
        }
    }

    static bool IsRefusal(string status) =>
        status.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || status.StartsWith("HTTP/1.1 50", StringComparison.Ordinal);

    static async Task<(int Seen, double Counted, double Errors)> CountsAsync(Machine machine)
    {
        var measured = (await machine.MeasureAsync("1.0.0")).Candidate;
        var seen = int.Parse(await machine.GetAsync("/seen"), CultureInfo.InvariantCulture);
        return (seen, measured["requests"].Value - measured["probes"].Value, measured["error_rate"].Value);
    }

    static string Post(string headers, string body) => $"POST /length HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}";
}
