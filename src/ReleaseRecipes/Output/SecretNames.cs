using System.Text.RegularExpressions;

namespace ReleaseRecipes.Output;

/// <summary>Tells from a variable's name and value what of it is secret.</summary>
static partial class SecretNames
{
    static readonly string[] Anywhere =
    [
        "TOKEN",
        "SECRET",
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "WEBHOOK",
        "CREDENTIAL",
        "APIKEY",
        "ACCESSKEY",
        "PRIVATEKEY",
        "CONNECTIONSTRING",
    ];

    static readonly HashSet<string> Words = ["PASS", "PWD", "PAT", "AUTH", "DSN", "COOKIE", "SAS", "CONNSTR"];
    static readonly HashSet<string> Folders = ["PWD", "OLDPWD"];

    static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "true",
        "false",
        "none",
        "null",
        "undefined",
        "always",
        "never",
        "enabled",
        "disabled",
        "default",
        "required",
        "optional",
        "localhost",
        "production",
        "staging",
        "development",
    };

    /// <summary>The secret values in one variable.</summary>
    public static IEnumerable<string> SecretsIn(string name, string value)
    {
        value = value.Trim();
        var parts = PasswordsIn(value).Where(part => !Common.Contains(part));
        return LooksSecret(name) && !Common.Contains(value) && !IsPath(value) ? parts.Prepend(value) : parts;
    }

    /// <summary>What stands as a password in URLs and connection strings.</summary>
    public static IEnumerable<string> PasswordsIn(string text) =>
        PasswordInside().Matches(text).Select(match => match.Groups["password"].Value);

    static bool LooksSecret(string name)
    {
        var words = WordEnd().Replace(name, "_").ToUpperInvariant().Split(['_', '-', '.', ':'], StringSplitOptions.RemoveEmptyEntries);
        var whole = string.Concat(words);
        return !Folders.Contains(name)
            && (
                Anywhere.Any(word => whole.Contains(word, StringComparison.Ordinal))
                || words.Any(Words.Contains)
                || words is [.., "KEY"] or [.., "KEY", "ID" or "PEM" or "BASE64" or "B64" or "VALUE" or "DATA"]
            );
    }

    /// <summary>A variable that names a file with a secret in it, or a socket, is none itself; hiding it would make messages unreadable.</summary>
    static bool IsPath(string value) => Path.IsPathRooted(value) && Path.Exists(value);

    // appApiKey, ConnectionStrings
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordEnd();

    // postgres://user:password@host, Server=db;Password=…;AccountKey=…
    [GeneratedRegex(
        @"://[^\s/:@]{0,100}:(?<password>[^\s/]{1,400})@|(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey|secret|sharedaccesssignature)\s*=\s*(?<password>[^;]{1,400})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex PasswordInside();
}
