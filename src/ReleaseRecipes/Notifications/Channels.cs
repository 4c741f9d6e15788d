using System.Net;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Notifications;

/// <summary>The channels of a strategy: those that can be used, and what the others lack.</summary>
/// <param name="Ready">The channels that can be used.</param>
/// <param name="Missing">What the others lack; a warning, never an error.</param>
public sealed record Channels(IReadOnlyList<INotifier> Ready, IReadOnlyList<StrategyGap> Missing)
{
    const string Here = "release_strategy.notifications";

    /// <summary>Looks what is there. Calls nobody.</summary>
    /// <param name="settings">What the strategy wants.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="clock">Where waiting comes from.</param>
    /// <param name="own">The channels that the build registers.</param>
    /// <param name="http">The client for Slack and Jira, which must not follow redirects; one of its own where null.</param>
    public static Channels Of(
        NotificationSettings settings,
        Func<string, string?> variable,
        TimeProvider clock,
        IReadOnlyList<INotifier>? own = null,
        HttpClient? http = null
    )
    {
        var ready = new List<INotifier>();
        var missing = new List<StrategyGap>();
        var post = new Lazy<Post>(() => new Post(http ?? Post.Client(), clock));
        foreach (var channel in settings.Channels.Distinct())
        {
            IReadOnlyList<StrategyGap> gaps = channel switch
            {
                "email" => Email(settings, variable),
                "slack" => Slack(settings.Slack, variable),
                "jira" => Jira(settings.Jira, variable),
                _ => [],
            };
            missing.AddRange(gaps);
            if (gaps.Count == 0)
            {
                ready.AddRange(
                    channel switch
                    {
                        "email" => [new EmailNotifier(settings.Email, Recipients(settings), Login(settings.Email, variable), clock)],
                        "slack" => [new SlackNotifier(post.Value, new Uri(variable(settings.Slack.WebhookEnv)!))],
                        "jira" =>
                        [
                            new JiraNotifier(
                                post.Value,
                                settings.Jira,
                                Value(settings.Jira.UserEnv, variable),
                                variable(settings.Jira.TokenEnv)!
                            ),
                        ],
                        _ => own?.Where(notifier => notifier.Name == channel) ?? [],
                    }
                );
            }
        }

        missing.AddRange(WithoutAddress(settings));
        return new Channels(ready, missing);
    }

    static IReadOnlyList<StrategyGap> Email(NotificationSettings settings, Func<string, string?> variable) =>
        [
            .. Without(settings.Email.Host, "email.host", "email has no server", "Write host: smtp.example.com under notifications.email."),
            .. Without(
                settings.Email.From,
                "email.from",
                "email has no sender",
                "Write from: releases@example.com under notifications.email."
            ),
            .. Recipients(settings).Count == 0
                ? Without(
                    null,
                    "email.addresses",
                    "email has no address to write to",
                    "Write addresses: { STAKEHOLDER: team@example.com } under notifications.email."
                )
                : [],
            .. Unset(settings.Email.UserEnv, "email.user_env", variable),
            .. Unset(settings.Email.PasswordEnv, "email.password_env", variable),
        ];

    static IReadOnlyList<StrategyGap> Slack(SlackSettings settings, Func<string, string?> variable) =>
        Unset(settings.WebhookEnv, "slack.webhook_env", variable) is { Count: > 0 } unset ? unset
        : Uri.TryCreate(variable(settings.WebhookEnv), UriKind.Absolute, out var webhook)
        && (webhook.Scheme == "https" || webhook is { Scheme: "http", IsLoopback: true })
            ? []
        :
        [
            new(
                $"{Here}.slack.webhook_env",
                $"{settings.WebhookEnv} holds no address that begins with https://",
                "Set it to the webhook's address."
            ),
        ];

    static IReadOnlyList<StrategyGap> Jira(JiraSettings settings, Func<string, string?> variable) =>
        [
            .. Without(
                settings.Url,
                "jira.url",
                "jira has no server",
                "Write url: https://example.atlassian.net under notifications.jira."
            ),
            .. Unset(settings.UserEnv, "jira.user_env", variable),
            .. Unset(settings.TokenEnv, "jira.token_env", variable),
        ];

    static IEnumerable<StrategyGap> WithoutAddress(NotificationSettings settings) =>
        settings.Channels.Contains("email") && settings.Email.Addresses.Count > 0
            ? settings
                .Stakeholders.Where(name => !settings.Email.Addresses.ContainsKey(name))
                .Select(name => new StrategyGap(
                    $"{Here}.email.addresses.{name}",
                    $"{name} has no address",
                    $"Write {name}: …@… under notifications.email.addresses."
                ))
            : [];

    /// <summary>The stakeholders' addresses; all of them where no stakeholder is named.</summary>
    static IReadOnlyList<string> Recipients(NotificationSettings settings) =>
        [
            .. settings
                .Email.Addresses.Where(address => settings.Stakeholders.Count == 0 || settings.Stakeholders.Contains(address.Key))
                .Select(address => address.Value)
                .Distinct(),
        ];

    static NetworkCredential? Login(EmailSettings settings, Func<string, string?> variable) =>
        Value(settings.PasswordEnv, variable) is { } password
            ? new NetworkCredential(Value(settings.UserEnv, variable) ?? settings.From, password)
            : null;

    static string? Value(string? name, Func<string, string?> variable) => name is null ? null : variable(name);

    static IReadOnlyList<StrategyGap> Without(string? value, string key, string what, string todo) =>
        value is null ? [new($"{Here}.{key}", what, todo)] : [];

    static IReadOnlyList<StrategyGap> Unset(string? name, string key, Func<string, string?> variable) =>
        name is not null && string.IsNullOrEmpty(variable(name))
            ? [new($"{Here}.{key}", $"the environment variable {name} is not set", $"Set {name}.")]
            : [];
}
