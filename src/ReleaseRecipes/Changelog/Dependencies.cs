using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Folds the updates of dependencies, which come by the dozen, into one item.</summary>
static class Dependencies
{
    const int WorthFolding = 3;

    /// <summary>The items of a group, unscoped ones first, then scope by scope; three updates of dependencies or more become one item at its end.</summary>
    public static IEnumerable<string> Folded(IReadOnlyList<ReleaseCommit> commits, WebRemote? remote)
    {
        var updates = commits.Where(commit => IsUpdate(commit.Message) && !commit.Message.Breaking).ToList();
        var folds = updates.Count >= WorthFolding;
        var rest = folds ? commits.Except(updates) : commits;
        var items = rest.OrderBy(commit => commit.Message.Scope ?? "", StringComparer.Ordinal)
            .Select(commit => Entries.Of(commit.Message, commit.Commit.Hash, remote));
        return folds ? items.Append(Fold(updates, remote)) : items;
    }

    /// <summary>Whether a message only moves a dependency to another version.</summary>
    public static bool IsUpdate(ConventionalMessage message) =>
        message.Scope is "deps" or "deps-dev" or "dependencies"
        || (
            !message.Follows
            && message.Description.StartsWith("Bump ", StringComparison.OrdinalIgnoreCase)
            && message.Description.Contains(" from ", StringComparison.Ordinal)
        );

    static string Fold(List<ReleaseCommit> updates, WebRemote? remote)
    {
        var lines = updates.Select(commit => $"  - {Entries.Of(commit.Message with { Scope = null }, commit.Commit.Hash, remote)}");
        return $"{updates.Count} updates of dependencies\n{string.Join('\n', lines)}";
    }
}
