using System.Net;
using System.Text;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Notifications;

public sealed class EmailNotifierTests
{
    static readonly ReleaseNews News = new(Moment.Released, "shop-api", "1.4.0") { Notes = "## 1.4.0\n\n- gift cards\n" };
    static readonly NetworkCredential Login = new("release", "hunter2");

    [Test]
    public async Task Stakeholders_get_the_notes()
    {
        await using var server = new LoopbackSmtp();

        await Notifier(server, tls: false).TellAsync(News, default);

        Assert.That(
            server.Commands,
            Is.EqualTo([
                "EHLO localhost",
                "MAIL FROM:<releases@example.com>",
                "RCPT TO:<dev@example.com>",
                "RCPT TO:<qa@example.com>",
                "DATA",
            ])
        );
        Assert.That(server.Mail, Has.Member("From: releases@example.com").And.Member("Date: Sun, 01 Mar 2026 12:00:00 +0000"));
        Assert.That(Subject(server), Is.EqualTo("shop-api 1.4.0 is released"));
        Assert.That(Body(server), Is.EqualTo("shop-api 1.4.0 is released.\n\n\n## 1.4.0\n\n- gift cards\n"));
    }

    [Test]
    public async Task A_subject_with_line_ends_adds_no_header_and_no_mail()
    {
        await using var server = new LoopbackSmtp();
        var hostile = News with { Version = "1.0\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<x>", Notes = "a\r\n.\r\nQUIT\r\n..b" };

        await Notifier(server, tls: false).TellAsync(hostile, default);

        Assert.That(server.Mail.TakeWhile(line => line.Length > 0), Has.None.StartsWith("Bcc").And.None.StartsWith("MAIL"));
        Assert.That(server.Commands, Has.Count.EqualTo(5));
        Assert.That(Body(server), Does.EndWith("a\n.\nQUIT\n..b\n"));
    }

    [Test]
    public async Task A_long_subject_in_any_script_survives_its_folding()
    {
        await using var server = new LoopbackSmtp();
        var name = string.Concat(Enumerable.Repeat("日本語🚀", 20));

        await Notifier(server, tls: false).TellAsync(News with { Application = name }, default);

        Assert.That(Subject(server), Is.EqualTo($"{name} 1.4.0 is released"));
        Assert.That(server.Mail.Select(line => line.Length), Is.All.LessThan(100));
    }

    [Test]
    public async Task The_same_news_has_the_same_id()
    {
        await using var server = new LoopbackSmtp();

        await Notifier(server, tls: false).TellAsync(News, default);
        await Notifier(server, tls: false).TellAsync(News, default);

        Assert.That(server.Mail.Where(line => line.StartsWith("Message-ID", StringComparison.Ordinal)).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Over_an_encrypted_connection_the_password_is_sent()
    {
        await using var server = new LoopbackSmtp { Tls = true };

        await Notifier(server, tls: true, Login, trusted: true).TellAsync(News, default);

        Assert.That(
            server.Commands.Take(4),
            Is.EqualTo(["EHLO localhost", "STARTTLS", "EHLO localhost", $"AUTH PLAIN {Convert.ToBase64String("\0release\0hunter2"u8)}"])
        );
        Assert.That(server.Taken, Is.EqualTo(1));
    }

    [Test]
    public async Task A_certificate_that_nobody_trusts_gets_no_password()
    {
        await using var server = new LoopbackSmtp { Tls = true };

        await Assert.ThrowsAsync<ReleaseException>(() => Notifier(server, tls: true, Login).TellAsync(News, default));

        Assert.That(server.Commands, Has.None.StartsWith("AUTH"));
    }

    [Test]
    public async Task A_server_that_cannot_encrypt_gets_no_mail_unless_that_is_wanted()
    {
        await using var server = new LoopbackSmtp();

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(server, tls: true, Login).TellAsync(News, default));

        Assert.That(problem!.Todo, Does.Contain("tls: none"));
        Assert.That(server.Commands, Is.EqualTo(["EHLO localhost"]));
    }

    [Test]
    public async Task A_password_is_never_sent_in_the_clear()
    {
        await using var server = new LoopbackSmtp();

        await Assert.ThrowsAsync<ReleaseException>(() => Notifier(server, tls: false, Login).TellAsync(News, default));

        Assert.That(server.Commands, Has.None.StartsWith("AUTH"));
    }

    [TestCase("RCPT", "550 no such user \u001b[2J")]
    [TestCase("DATA", "554 spam")]
    [TestCase(".", "552 too large")]
    [TestCase("EHLO", "502 what?")]
    public async Task What_the_server_refuses_was_certainly_not_told(string command, string answer)
    {
        await using var server = new LoopbackSmtp();
        server.Answers[command] = answer;

        var problem = await Assert.ThrowsAsync<ReleaseException>(() => Notifier(server, tls: false).TellAsync(News, default));

        Assert.That(problem!.What, Does.Contain(answer[..8]).And.Not.Contain("\e"));
    }

    [Test]
    public async Task A_server_that_is_not_there_was_certainly_not_told()
    {
        var server = new LoopbackSmtp();
        var notifier = Notifier(server, tls: false);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<ReleaseException>(() => notifier.TellAsync(News, default));
    }

    static EmailNotifier Notifier(LoopbackSmtp server, bool tls, NetworkCredential? login = null, bool trusted = false) =>
        new(
            new EmailSettings
            {
                Host = "127.0.0.1",
                Port = server.Port,
                From = "releases@example.com",
                Tls = tls,
            },
            ["dev@example.com", "qa@example.com"],
            login,
            new PassingTime(),
            trusted ? (_, certificate, _, _) => certificate?.Subject == "CN=localhost" : null
        );

    static string Subject(LoopbackSmtp server)
    {
        var from = server.Mail.FindIndex(line => line.StartsWith("Subject: ", StringComparison.Ordinal));
        var lines = server.Mail.Skip(from + 1).TakeWhile(line => line.StartsWith(' ')).Prepend(server.Mail[from]["Subject: ".Length..]);
        return string.Concat(lines.Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line.Trim()["=?utf-8?B?".Length..^2]))));
    }

    static string Body(LoopbackSmtp server) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(server.Mail.SkipWhile(line => line.Length > 0))));
}
