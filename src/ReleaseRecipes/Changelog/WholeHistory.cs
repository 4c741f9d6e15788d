using System.Runtime.InteropServices;
using System.Text;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Collects the items of a whole history while git writes it, and hands them out release by release afterwards.</summary>
/// <param name="settings">How messages are read.</param>
/// <param name="style">How they are grouped.</param>
/// <param name="remote">Where commits can be looked at.</param>
sealed class WholeHistory(VersioningSettings settings, INotesStyle style, WebRemote? remote)
{
    readonly CommitOwners owners = new();
    readonly EntryArena lines = new();
    readonly List<Item> items = [];
    readonly List<(int Item, int Commit, IReadOnlyList<string> Hashes)> reverts = [];
    int releases;
    readonly Dictionary<string, int> scopes = new(StringComparer.Ordinal) { [""] = 0 };

    /// <summary>How many commits were read.</summary>
    public int Commits { get; private set; }

    /// <summary>Names the releases, lowest first.</summary>
    public void Expect(IReadOnlyList<VersionTag> lowestFirst)
    {
        releases = lowestFirst.Count;
        for (var rank = 0; rank < lowestFirst.Count; rank++)
        {
            owners.Own(Encoding.ASCII.GetBytes(lowestFirst[rank].Commit), rank);
        }
    }

    /// <summary>Takes the next commit.</summary>
    /// <param name="log">Where it is read from.</param>
    /// <param name="counts">Whether it is told of, or only leads to others.</param>
    public void Take(CommitLog log, bool counts = true)
    {
        var number = owners.Add(log.HashBytes, log.ParentBytes);
        if (!counts)
        {
            return;
        }

        Commits++;
        var message = QuickMessage.Parse(log.MessageBytes, settings.StrictBreakingFooter);
        if (!Entries.IsListed(message, log.ParentBytes.Length > log.HashBytes.Length))
        {
            return;
        }

        var hash = Encoding.ASCII.GetString(log.HashBytes);
        if (message.Reverts.Count > 0)
        {
            reverts.Add((items.Count, number, message.Reverts));
        }

        Add(number, style.GroupOf(message) + 1, message, Entries.Of(message, hash, remote));
        if (message.Breaking)
        {
            foreach (var note in Entries.Breaking(message, hash, remote))
            {
                Add(number, 0, message, note);
            }
        }
    }

    /// <summary>The items that stand, by release.</summary>
    public ReleaseItems ByRelease()
    {
        var gone = TakenBack();
        items.RemoveAll(item => gone.Contains(item.Commit));
        var places = new int[scopes.Count];
        foreach (var (place, scope) in scopes.Keys.Order(StringComparer.Ordinal).Index())
        {
            places[scopes[scope]] = place;
        }

        // By the least important key first: each sort keeps the order of the one before.
        Span<Item> all = CollectionsMarshal.AsSpan(items);
        var sorted = StableSort.By<Item>(all, scopes.Count, item => places[item.Scope]);
        sorted = StableSort.By<Item>(sorted, style.Groups.Count + 1, item => item.Group);
        sorted = StableSort.By<Item>(sorted, releases + 1, RankOf);
        return new ReleaseItems(sorted, StableSort.Starts<Item>(sorted, releases + 1, RankOf));
    }

    int RankOf(Item item) => Math.Min(owners.OwnerOf(item.Commit), releases);

    /// <summary>The line of an item.</summary>
    public ReadOnlySpan<byte> LineOf(Item item) => lines[item.Line];

    // Newest first: a revert that was taken back itself takes nothing back.
    HashSet<int> TakenBack()
    {
        var gone = new HashSet<int>();
        foreach (var (_, commit, hashes) in reverts.Where(revert => !gone.Contains(revert.Commit)))
        {
            var targets = hashes
                .Where(hash => hash.Length >= 40)
                .Select(hash => owners.NumberOf(Encoding.ASCII.GetBytes(hash)))
                .Where(target => owners.OwnerOf(target) == owners.OwnerOf(commit))
                .ToList();
            if (targets.Count > 0)
            {
                gone.Add(commit);
                gone.UnionWith(targets);
            }
        }

        return gone;
    }

    void Add(int commit, int group, ConventionalMessage message, string text)
    {
        var room = lines.Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        var line = lines.Keep(Encoding.UTF8.GetBytes(text, room));
        items.Add(new Item(commit, group, ScopeOf(message.Scope ?? ""), line));
    }

    int ScopeOf(string scope)
    {
        if (!scopes.TryGetValue(scope, out var number))
        {
            scopes[scope] = number = scopes.Count;
        }

        return number;
    }

    /// <summary>One line of one release. Group 0 are the breaking changes.</summary>
    public readonly record struct Item(int Commit, int Group, int Scope, EntryArena.Slice Line);
}
