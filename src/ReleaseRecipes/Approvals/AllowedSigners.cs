using ReleaseRecipes.Git;

namespace ReleaseRecipes.Approvals;

/// <summary>
/// Whose signatures count: lines of ssh-keygen's allowed signers (<c>alice@example.com ssh-ed25519 AAAA…</c>), and lines for OpenPGP
/// (<c>alice@example.com openpgp FINGERPRINT</c>).
/// </summary>
/// <param name="Text">The file's text; empty where there is none: then no signature counts.</param>
public sealed record AllowedSigners(string Text)
{
    /// <summary>
    /// Reads the file as it is on a branch that the release itself cannot change: as the remote has the branch, else as it is here.
    /// </summary>
    public static async Task<AllowedSigners> ReadAsync(
        GitRepository git,
        string branch,
        string path,
        string remote = "origin",
        CancellationToken cancel = default
    )
    {
        foreach (var name in new[] { $"refs/remotes/{remote}/{branch}", $"refs/heads/{branch}" })
        {
            if ((await git.TryAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", name], cancel: cancel)).Succeeded)
            {
                var file = await git.TryAsync(["cat-file", "blob", $"{name}:{path.Replace('\\', '/')}"], cancel: cancel);
                return new AllowedSigners(file.Succeeded ? file.Output : "");
            }
        }

        return new AllowedSigners("");
    }

    /// <summary>The lines for ssh-keygen.</summary>
    public string Ssh => string.Concat(Lines.Where(parts => !IsOpenPgp(parts)).Select(parts => string.Join(' ', parts) + "\n"));

    /// <summary>Whom an OpenPGP key belongs to, by its full fingerprint.</summary>
    public string? OwnerOf(string fingerprint) =>
        Lines
            .Where(IsOpenPgp)
            .FirstOrDefault(parts => string.Concat(parts.Skip(2)).Equals(fingerprint, StringComparison.OrdinalIgnoreCase))
            ?[0];

    IEnumerable<string[]> Lines =>
        Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length > 2);

    static bool IsOpenPgp(string[] parts) => parts[1].Equals("openpgp", StringComparison.OrdinalIgnoreCase);
}
