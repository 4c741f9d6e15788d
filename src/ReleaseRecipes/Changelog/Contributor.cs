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

    /// <summary>The authors of a release, without bots, by name; those who wrote nothing that its predecessor has are new.</summary>
    /// <remarks>Costs one git process, which is ended once everybody is known: only a person who is new costs the whole earlier history.</remarks>
    public static async Task<IReadOnlyList<Contributor>> OfAsync(
        GitRepository git,
        VersionDecision decision,
        CancellationToken cancel = default
    )
    {
        var people = decision
            .Commits.Select(commit => commit.Commit)
            .Where(commit => !IsBot(commit))
            .DistinctBy(commit => commit.Email.ToLowerInvariant())
            .ToList();
        // In the first release everybody is new, which is no news.
        HashSet<string> added = [];
        // A clone that was cut off does not know who wrote before.
        if (decision.PreviousTag is { } tag && people.Count > 0 && !ShallowClone.Is(git))
        {
            added = people.Select(person => person.Email).ToHashSet(StringComparer.OrdinalIgnoreCase);
            await RemoveAuthorsAsync(git, tag, added, cancel);
        }

        return
        [
            .. people
                .OrderBy(person => person.Author, StringComparer.Ordinal)
                .Select(person => new Contributor(person.Author, added.Contains(person.Email))),
        ];
    }

    static bool IsBot(GitCommit commit) =>
        commit.Author.EndsWith("[bot]", StringComparison.Ordinal) || commit.Email.Contains("[bot]@", StringComparison.Ordinal);

    static async Task RemoveAuthorsAsync(GitRepository git, string tag, HashSet<string> people, CancellationToken cancel)
    {
        using var log = git.StartLong("log", "--format=%aE", "--end-of-options", $"refs/tags/{tag}", "--");
        log.StandardInput.Close();
        while (people.Count > 0 && await log.StandardOutput.ReadLineAsync(cancel) is { } email)
        {
            people.Remove(email);
        }

        if (!log.HasExited)
        {
            log.Kill();
        }

        await log.WaitForExitAsync(cancel);
    }
}
