using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Notifications;

/// <summary>Tells stakeholders by mail.</summary>
/// <param name="settings">The server and the sender.</param>
/// <param name="to">The addresses.</param>
/// <param name="login">User and password; null where the server asks for none.</param>
/// <param name="clock">Where the date and the patience come from.</param>
/// <param name="trust">Which certificates are trusted; those that the system trusts where null.</param>
sealed class EmailNotifier(
    EmailSettings settings,
    IReadOnlyList<string> to,
    NetworkCredential? login,
    TimeProvider clock,
    RemoteCertificateValidationCallback? trust = null
) : INotifier
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "email";

    public async Task TellAsync(ReleaseNews news, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var handingOver = false;
        try
        {
            await using var session = await SmtpSession.OpenAsync(settings.Host!, settings.Port, trust, limit.Token);
            await EnterAsync(session, limit.Token);
            await session.SayAsync($"MAIL FROM:<{settings.From}>", 250, limit.Token);
            foreach (var address in to)
            {
                await session.SayAsync($"RCPT TO:<{address}>", 250, limit.Token);
            }

            handingOver = true;
            await session.HandOverAsync(Letter.Lines(news, settings.From!, to, clock.GetUtcNow()), limit.Token);
        }
        catch (Exception problem)
            when (!handingOver
                && !cancel.IsCancellationRequested
                && problem is SocketException or IOException or AuthenticationException or OperationCanceledException
            )
        {
            throw new ReleaseException($"The mail server {settings.Host} cannot be spoken to: {problem.Message}", inner: problem);
        }
    }

    async Task EnterAsync(SmtpSession session, CancellationToken cancel)
    {
        if (settings.Tls && !session.IsEncrypted)
        {
            if (
                !session.Abilities.Any(ability =>
                    ability.Length > 4 && ability[4..].Trim().Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                throw new ReleaseException(
                    "The mail server offers no encryption.",
                    todo: "Write tls: none under notifications.email if mail may go in the clear."
                );
            }

            await session.StartTlsAsync(trust, cancel);
        }

        if (login is not null)
        {
            if (!session.IsEncrypted)
            {
                throw new ReleaseException(
                    "The password is not sent in the clear.",
                    todo: "Remove tls: none, or user_env and password_env."
                );
            }

            var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login.UserName}\0{login.Password}"));
            await session.SayAsync($"AUTH PLAIN {secret}", 235, cancel);
        }
    }
}
