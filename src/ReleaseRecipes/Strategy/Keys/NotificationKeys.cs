using ReleaseRecipes.Strategy.Reading;

namespace ReleaseRecipes.Strategy.Keys;

static class NotificationKeys
{
    public static Section<NotificationSettings> Section { get; } =
        new(new())
        {
            {
                "channels",
                Shapes.List(Shapes.Name(names => names.Channels)),
                s => s.Channels,
                (s, channels) => s with { Channels = channels },
                "How people are told. What cannot be told is a warning and never stops a release"
            },
            {
                "stakeholders",
                Shapes.Texts,
                s => s.Stakeholders,
                (s, names) => s with { Stakeholders = names },
                "Who is told; email.addresses says where"
            },
            { "email", Email, s => s.Email, (s, email) => s with { Email = email }, "Mail over SMTP" },
            { "slack", Slack, s => s.Slack, (s, slack) => s with { Slack = slack }, "A Slack incoming webhook" },
            { "jira", Jira, s => s.Jira, (s, jira) => s with { Jira = jira }, "Comments on the Jira issues that the commits name" },
        };

    static Section<EmailSettings> Email =>
        new(new())
        {
            {
                "host",
                new TextShape("the name of a server", host => Uri.CheckHostName(host) != UriHostNameType.Unknown),
                s => s.Host,
                (s, host) => s with { Host = host },
                "The mail server"
            },
            { "port", Shapes.Whole(1, 65535), s => s.Port, (s, port) => s with { Port = port }, "Its port" },
            {
                "tls",
                new ChoiceShape<bool> { { "required", true }, { "none", false } },
                s => s.Tls,
                (s, tls) => s with { Tls = tls },
                "Whether mail goes only over an encrypted connection (port 465 at once, others by STARTTLS), or in the clear"
            },
            { "from", Address, s => s.From, (s, from) => s with { From = from }, "The sender" },
            {
                "addresses",
                new TableShape("stakeholders", name => name.Length is > 0 and <= 100, Address),
                s => s.Addresses,
                (s, addresses) => s with { Addresses = addresses },
                "The address of each stakeholder"
            },
            {
                "user_env",
                Shapes.Variable,
                s => s.UserEnv,
                (s, variable) => s with { UserEnv = variable },
                "The environment variable that holds the user"
            },
            {
                "password_env",
                Shapes.Variable,
                s => s.PasswordEnv,
                (s, variable) => s with { PasswordEnv = variable },
                "The environment variable that holds the password"
            },
        };

    static Section<SlackSettings> Slack =>
        new(new())
        {
            {
                "webhook_env",
                Shapes.Variable,
                s => s.WebhookEnv,
                (s, variable) => s with { WebhookEnv = variable },
                "The environment variable that holds the webhook's address, which is a secret"
            },
        };

    static Section<JiraSettings> Jira =>
        new(new())
        {
            { "url", Shapes.Url, s => s.Url, (s, url) => s with { Url = url }, "The server, such as https://example.atlassian.net" },
            {
                "project",
                new TextShape(
                    "a project's key, such as SHOP",
                    key => char.IsAsciiLetterUpper(key[0]) && key.All(IsOfKey),
                    "^[A-Z][A-Z0-9_]*$"
                ),
                s => s.Project,
                (s, project) => s with { Project = project },
                "The project whose issues are commented on. Without it, every issue that a commit names"
            },
            {
                "user_env",
                Shapes.Variable,
                s => s.UserEnv,
                (s, variable) => s with { UserEnv = variable },
                "The environment variable that holds the user. Without it the token is sent as a bearer token"
            },
            {
                "token_env",
                Shapes.Variable,
                s => s.TokenEnv,
                (s, variable) => s with { TokenEnv = variable },
                "The environment variable that holds the token"
            },
        };

    static TextShape Address =>
        new(
            "a mail address, such as team@example.com",
            text =>
                text.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
                && text.All(character =>
                    character is > ' ' and < '\x7f' and not ('<' or '>' or ',' or ';' or '"' or '(' or ')' or ':' or '\\')
                ),
            "^[^@\\s]+@[^@\\s]+$"
        );

    static bool IsOfKey(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_';
}
