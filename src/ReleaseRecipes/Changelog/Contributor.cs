using ReleaseRecipes.Git;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Someone who took part in a release.</summary>
/// <param name="Name">The name, after the repository's mailmap. Addresses are not published.</param>
/// <param name="IsNew">Whether this is the first release that they took part in.</param>
public sealed record Contributor(string Name, bool IsNew)
{
    /// <summary>The person as a list item.</summary>
    public string Line() => IsNew ? $"{Markdown.Line(Name)} (first contribution 🎉)" : Markdown.Line(Name);

    /// <summary>The authors of a release, without bots, by name; those who wrote nothing of the release before it are new.</summary>
    /// <remarks>Costs one git process over the whole earlier history.</remarks>
    public static async Task<IReadOnlyList<Contributor>> OfAsync(
        GitRepository git,
        VersionDecision decision,
        CancellationToken cancel = default
    )
    {
        var people = decision
            .Commits.Select(commit => commit.Commit)
            .Where(commit => !IsBot(commit))
            .DistinctBy(commit => commit.Email)
            .ToList();
        var known = decision.PreviousTag is { } tag && people.Count > 0 ? await AuthorsAsync(git, tag, cancel) : [];
        return
        [
            .. people
                .OrderBy(person => person.Author, StringComparer.Ordinal)
                .Select(person => new Contributor(person.Author, !known.Contains(person.Email))),
        ];
    }

    static bool IsBot(GitCommit commit) =>
        commit.Author.EndsWith("[bot]", StringComparison.Ordinal) || commit.Email.Contains("[bot]@", StringComparison.Ordinal);

    static async Task<HashSet<string>> AuthorsAsync(GitRepository git, string tag, CancellationToken cancel)
    {
        var log = await git.TryAsync(["log", "--format=%aE", $"refs/tags/{tag}", "--"], cancel: cancel);
        return [.. log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
