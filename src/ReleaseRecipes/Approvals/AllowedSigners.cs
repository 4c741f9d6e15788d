namespace ReleaseRecipes.Approvals;

/// <summary>
/// Whose signatures count: lines of ssh-keygen's allowed signers (<c>alice@example.com ssh-ed25519 AAAA…</c>), and lines for OpenPGP
/// (<c>alice@example.com openpgp FINGERPRINT</c>).
/// </summary>
/// <param name="Text">The file's text; empty where there is none: then no signature counts.</param>
public sealed record AllowedSigners(string Text)
{
    /// <summary>Where they come from, for messages.</summary>
    public string Source { get; init; } = "";

    /// <summary>What is said of a key that is not among them.</summary>
    public string Unknown => $"its key is not among the allowed signers{(Source.Length == 0 ? "" : $" ({Source})")}";

    /// <summary>The people that it names, one for each entry: the first name of the line stands for the person.</summary>
    public IEnumerable<string> People => Lines.Select(parts => parts[0].Split(',')[0].Trim('"')).Distinct(StringComparer.OrdinalIgnoreCase);

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
