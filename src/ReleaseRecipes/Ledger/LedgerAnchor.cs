using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseRecipes.Git;
using ReleaseRecipes.Tagging;

namespace ReleaseRecipes.Ledger;

/// <summary>What something outside the ledger's files knows of its end at some time: a hash chain alone does not show a tail that was cut off or written anew.</summary>
/// <param name="Source">What knows it, for messages.</param>
/// <param name="Count">How many events there were.</param>
/// <param name="Hash">The hash of the last one.</param>
sealed partial record LedgerAnchor(string Source, long Count, string Hash)
{
    /// <summary>What release tags say in their messages.</summary>
    public static IEnumerable<LedgerAnchor> OfTags(IEnumerable<TagRef> tags) =>
        from tag in tags
        let message = TagMessage.Parse(tag.Message)
        where message is not null
        select new LedgerAnchor($"The tag {tag.Name}", message.LedgerCount, message.LedgerHash);

    /// <summary>What the commits of the ledger's own history say in theirs.</summary>
    public static async Task<IReadOnlyList<LedgerAnchor>> OfHistoryAsync(GitRepository git, string tip)
    {
        var log = await git.ReadAsync("log", "-z", "--format=%H%n%B", tip, "--");
        return [.. log.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => Parse(entry)).OfType<LedgerAnchor>()];
    }

    /// <summary>What the head at another place's commit says.</summary>
    public static async Task<LedgerAnchor?> OfCommitAsync(GitObjects objects, string source, string commit, CancellationToken cancel)
    {
        var blob = await objects.FindAsync($"{commit}:{LedgerTree.Head}", cancel);
        try
        {
            return blob is null ? null
                : StoredHead.Parse(commit, blob.Text).Head is var head ? new LedgerAnchor(source, head.Count, head.Hash)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The line that carries it in a commit's message.</summary>
    public static string Line(LedgerHead head) => $"Ledger: {head.Count.ToString(CultureInfo.InvariantCulture)} {head.Hash}";

    /// <summary>Why the events cannot be all that there were; null where they may be.</summary>
    public string? Problem(IReadOnlyList<LedgerEvent> events) =>
        Count == 0 ? null
        : Count > events.Count ? $"{Source} knows of {Count} events, the ledger has {events.Count}: its end was cut off."
        : events[(int)Count - 1].Hash != Hash ? $"{Source} knows another event {Count}: the ledger was written anew."
        : null;

    static LedgerAnchor? Parse(string entry)
    {
        var match = Pattern().Match(entry);
        return
            match.Success && long.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new LedgerAnchor($"Its own commit {entry[..8]}", count, match.Groups["hash"].Value)
            : null;
    }

    [GeneratedRegex(@"\nLedger: (?<count>[0-9]{1,18}) (?<hash>[0-9a-f]{64})\n*\z", RegexOptions.RightToLeft)]
    private static partial Regex Pattern();
}

/// <summary>A tag of the repository.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Commit">The commit it is on.</param>
/// <param name="Message">Its annotation, or the message of its commit.</param>
sealed record TagRef(string Name, string Commit, string Message)
{
    public static async Task<IReadOnlyList<TagRef>> ReadAllAsync(GitRepository git)
    {
        // A lightweight tag has nothing behind it: what it points at is the commit.
        var listing = await git.ReadAsync(
            "for-each-ref",
            "--format=%(refname:lstrip=2)%00%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)%00%(contents)%00%00",
            "refs/tags/"
        );
        return
        [
            .. listing
                .Split("\0\0", StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.TrimStart('\n').Split('\0'))
                .Where(parts => parts.Length == 3)
                .Select(parts => new TagRef(parts[0], parts[1], parts[2])),
        ];
    }
}
