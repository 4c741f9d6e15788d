namespace ReleaseRecipes.Strategy;

/// <summary>Who is told about a release, and how.</summary>
public sealed record NotificationSettings
{
    /// <summary>email, slack, jira, or a channel that the build registers.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
    public IReadOnlyList<string> Stakeholders { get; init; } = [];
    public EmailSettings Email { get; init; } = new();
    public SlackSettings Slack { get; init; } = new();
    public JiraSettings Jira { get; init; } = new();
}

/// <summary>Mail over SMTP.</summary>
public sealed record EmailSettings
{
    public string? Host { get; init; }
    public int Port { get; init; } = 587;

    /// <summary>Whether mail goes only over an encrypted connection: port 465 at once, others by STARTTLS.</summary>
    public bool Tls { get; init; } = true;
    public string? From { get; init; }

    /// <summary>Stakeholder to address.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();
    public string? UserEnv { get; init; }
    public string? PasswordEnv { get; init; }
}

/// <summary>A Slack incoming webhook.</summary>
public sealed record SlackSettings
{
    /// <summary>The environment variable that holds the webhook's address, which is a secret.</summary>
    public string WebhookEnv { get; init; } = "SLACK_WEBHOOK_URL";
}

/// <summary>Comments on the Jira issues that the commits name.</summary>
public sealed record JiraSettings
{
    public string? Url { get; init; }
    public string? Project { get; init; }
    public string? UserEnv { get; init; }
    public string TokenEnv { get; init; } = "JIRA_TOKEN";
}
