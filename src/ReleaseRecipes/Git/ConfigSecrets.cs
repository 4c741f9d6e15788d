using System.Text;
using System.Text.RegularExpressions;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Git;

/// <summary>
/// The secrets in a repository's own configuration: passwords in the addresses of remotes, and the header that CI servers leave there for
/// git to authenticate with.
/// </summary>
static partial class ConfigSecrets
{
    /// <summary>Reads them, without git: every command needs them first.</summary>
    public static IEnumerable<string> In(string gitDirectory)
    {
        var file = Path.Combine(gitDirectory, "config");
        try
        {
            return File.Exists(file) ? Of(File.ReadAllText(file)) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // git cannot read it either, and says so.
            return [];
        }
    }

    /// <summary>Those in the text of a configuration.</summary>
    public static IEnumerable<string> Of(string config) =>
        [.. SecretNames.PasswordsIn(config), .. Header().Matches(config).SelectMany(match => Parts(match.Groups["secret"].Value))];

    /// <summary>The value itself, and the password of a name and a password in base64.</summary>
    static IEnumerable<string> Parts(string value)
    {
        yield return value;
        var bytes = new byte[value.Length];
        if (
            Convert.TryFromBase64String(value, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
        )
        {
            yield return password;
        }
    }

    // extraheader = AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46…
    [GeneratedRegex(
        @"^\s*extraheader\s*=[^\n]{0,100}?(?:basic|bearer|token)\s+(?<secret>[^\s""]{5,4000})",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Header();
}
