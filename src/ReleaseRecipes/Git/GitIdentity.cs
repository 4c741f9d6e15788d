namespace ReleaseRecipes.Git;

/// <summary>Who runs the release, as git would sign a commit.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Email">Their address.</param>
/// <param name="Configured">Whether git knows them; otherwise the name was taken from the environment.</param>
public sealed record GitIdentity(string Name, string Email, bool Configured)
{
    static readonly string[] Variables = ["GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "USER", "USERNAME"];

    /// <summary>Whoever only reads: nothing is signed, so git is not asked who it is.</summary>
    public static GitIdentity OfReader { get; } = new("reader", "reader@localhost.invalid", Configured: true);

    /// <summary>Asks git; a machine without a configured user, such as a CI server's, gets a name from its environment.</summary>
    public static async Task<GitIdentity> ReadAsync(GitRepository git)
    {
        // "Ada Lovelace <ada@example.com> 1767603600 +0000"
        var ident = await git.TryAsync(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]);
        var text = ident.Output;
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        return ident.Succeeded && open > 0 && close > open
            ? new GitIdentity(text[..open].Trim(), text[(open + 1)..close], Configured: true)
            : FromEnvironment();
    }

    static GitIdentity FromEnvironment()
    {
        var name =
            Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "release";
        // git refuses these characters in a name, wherever it comes from.
        name = new string([.. name.Where(character => !char.IsControl(character) && character is not ('<' or '>'))]);
        return new GitIdentity(name, $"release@{Environment.MachineName}.invalid", Configured: false);
    }

    /// <summary>What git needs to know to write a commit or a tag.</summary>
    public IReadOnlyDictionary<string, string?> GitVariables =>
        Configured
            ? new Dictionary<string, string?>()
            : new Dictionary<string, string?>
            {
                ["GIT_AUTHOR_NAME"] = Name,
                ["GIT_AUTHOR_EMAIL"] = Email,
                ["GIT_COMMITTER_NAME"] = Name,
                ["GIT_COMMITTER_EMAIL"] = Email,
            };

    /// <summary>The name and address on one line.</summary>
    public override string ToString() => $"{Name} <{Email}>";
}
