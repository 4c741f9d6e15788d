using System.Text;
using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes the changelog of a whole history, reading and understanding as git writes.</summary>
public static class ChangelogWriter
{
    /// <summary>Writes the sections of every release, newest version first, and what is unreleased above them.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="strategy">Whose tags, categories and links count.</param>
    /// <param name="output">Where the Markdown goes, as UTF-8.</param>
    /// <param name="component">The component whose changelog it is; null: the repository's.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <returns>How many releases and commits there were.</returns>
    public static async Task<ChangelogSummary> WriteAllAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        Stream output,
        ComponentSettings? component = null,
        CancellationToken cancel = default
    )
    {
        strategy = component is null ? strategy : ComponentStrategy.Of(strategy, component);
        var remoteRead = WebRemote.FindAsync(git, cancel);
        var refs = await GitRefs.ReadAsync(git, cancel);
        var remote = await remoteRead;
        var head = refs.Head ?? throw new ReleaseException("There is no commit yet, so there is no changelog.", git.Root);
        var releases = VersionTag
            .In(refs.Tags, strategy.Versioning.TagPrefix, VersionSchemes.Of(strategy.Versioning))
            .Where(tag => !tag.Version.IsPreRelease)
            .DistinctBy(tag => tag.Version)
            .OrderBy(tag => tag.Version)
            .ToList();
        var own = component is null
            ? null
            : await ComponentCommits.ReadAsync(git, component, releases.Select(tag => tag.Commit).Prepend(head), cancel);
        return await Task.Run(() => Write(git, strategy, head, releases, remote, own, output, cancel), cancel);
    }

    static ChangelogSummary Write(
        GitRepository git,
        ReleaseStrategy strategy,
        string head,
        List<VersionTag> releases,
        WebRemote? remote,
        IReadOnlySet<string>? own,
        Stream output,
        CancellationToken cancel
    )
    {
        var style = NotesStyles.Of(strategy.Changelog.Style);
        var history = new WholeHistory(strategy.Versioning, style, remote);
        history.Expect(releases);
        var days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        var commits = releases.ToLookup(tag => tag.Commit);
        using (var log = CommitLog.Open(git, releases.Select(tag => tag.Commit).Prepend(head)))
        {
            var waiting = commits.Select(group => group.Key).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
            Span<char> hash = stackalloc char[64];
            while (log.Read())
            {
                cancel.ThrowIfCancellationRequested();
                var length = Encoding.ASCII.GetChars(log.HashBytes, hash);
                history.Take(log, own is null || own.Contains(new string(hash[..length])));
                if (waiting.Contains(hash[..length]))
                {
                    days[new string(hash[..length])] = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(log.Seconds).UtcDateTime);
                }
            }
        }

        using var sections = new SectionWriter(output, history, style);
        sections.Title();
        var items = history.ByRelease();
        sections.Section("Unreleased", releases.Count > 0 ? remote?.Compare(releases[^1].Name, head) : null, null, items.Unreleased);
        for (var rank = releases.Count - 1; rank >= 0; rank--)
        {
            var tag = releases[rank];
            var link = rank > 0 ? remote?.Compare(releases[rank - 1].Name, tag.Name) : null;
            sections.Section(tag.Version.ToString(), link, days.GetValueOrDefault(tag.Commit), items.Of(rank));
        }

        return new ChangelogSummary(releases.Count, history.Commits);
    }
}

/// <summary>What a whole changelog holds.</summary>
/// <param name="Releases">How many releases.</param>
/// <param name="Commits">How many commits.</param>
public sealed record ChangelogSummary(int Releases, int Commits);
