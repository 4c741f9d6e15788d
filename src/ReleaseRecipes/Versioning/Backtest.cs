using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Replays the versioning strategy over the repository's own past tags. Reads only.</summary>
public static class Backtest
{
    /// <summary>Replays the newest releases.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="strategy">The rules to replay.</param>
    /// <param name="last">How many releases; all where null.</param>
    /// <param name="component">The component whose releases they are; null: the repository's.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<BacktestReport> RunAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        int? last = null,
        ComponentSettings? component = null,
        CancellationToken cancel = default
    )
    {
        strategy = component is null ? strategy : ComponentStrategy.Of(strategy, component);
        var refs = await GitRefs.ReadAsync(git, cancel);
        var tags = VersionTag
            .In(refs.Tags, strategy.Versioning.TagPrefix, VersionSchemes.Of(strategy.Versioning))
            .Where(tag => !tag.Version.IsPreRelease)
            .ToList();
        var own = component is null ? null : await ComponentCommits.ReadAsync(git, component, tags.Select(tag => tag.Commit), cancel);
        return await Task.Run(() => Replay(git, strategy, tags, own, last ?? int.MaxValue, cancel), cancel);
    }

    static BacktestReport Replay(
        GitRepository git,
        ReleaseStrategy strategy,
        List<VersionTag> tags,
        IReadOnlySet<string>? own,
        int last,
        CancellationToken cancel
    )
    {
        if (tags.Count == 0)
        {
            return new BacktestReport([]);
        }

        var graph = HistoryGraph.Read(git, tags.Select(tag => tag.Commit), strategy.Versioning, cancel);
        var releases = tags.Where(tag => graph.Find(tag.Commit) >= 0)
            .GroupBy(tag => tag.Prefix)
            .SelectMany(named => Replay(graph, strategy, [.. named], own))
            .OrderByDescending(release => release.Version)
            .Take(last)
            .Select(release => release.Replay());
        return new BacktestReport([.. releases]);
    }

    // Tags with a v and tags without one are two series of releases: each is held against its own.
    static IEnumerable<(ReleaseVersion Version, Func<BacktestRelease> Replay)> Replay(
        HistoryGraph graph,
        ReleaseStrategy strategy,
        IReadOnlyList<VersionTag> tags,
        IReadOnlySet<string>? own
    )
    {
        var highest = tags.GroupBy(tag => graph.Find(tag.Commit)).ToDictionary(same => same.Key, same => same.MaxBy(tag => tag.Version)!);
        var before = graph.Inherit(highest, (left, right) => left.Version > right.Version ? left : right);
        var newestFirst = highest
            .Select(release => (release.Key, release.Value))
            .OrderByDescending(release => graph.PositionOf(release.Key))
            .ToList();
        return highest
            .Where(release => before[release.Key] is not null)
            .Select(release =>
                (
                    release.Value.Version,
                    (Func<BacktestRelease>)(
                        () =>
                            Compare(
                                before[release.Key]!,
                                release.Value,
                                ReleaseRange.Of(graph, release.Value, before[release.Key]!, newestFirst).Only(own),
                                strategy
                            )
                    )
                )
            );
    }

    static BacktestRelease Compare(VersionTag from, VersionTag to, ReleaseRange range, ReleaseStrategy strategy)
    {
        var weight = Weight.Of(range.Commits, range.Merged);
        var deciding = weight.Deciding;
        var elsewhere = range.Base is { } other && other.Version > from.Version ? other : null;
        var next = VersionSchemes
            .Of(strategy.Versioning)
            .Next((elsewhere ?? from).Version, weight.Bump, DateOnly.FromDateTime(DateTime.UnixEpoch));
        var reason = (deciding is null ? Reasons.OfNothing(elsewhere ?? from, weight) : Reasons.Of(deciding)) + Reasons.OfTakenBack(weight);
        return new BacktestRelease(
            from.Name,
            to.Name,
            Distance(from.Version, to.Version).Word(),
            Distance(from.Version, next).Word(),
            deciding?.Commit.Hash,
            elsewhere is null ? reason : $"{reason} (after {elsewhere.Name}, released from another branch)"
        );
    }

    static Bump Distance(ReleaseVersion from, ReleaseVersion to) =>
        to <= from ? Bump.None
        : to.Major > from.Major ? Bump.Major
        : to.Minor > from.Minor ? Bump.Minor
        : Bump.Patch;
}
