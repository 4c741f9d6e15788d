using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>Decides the next version. The same commit, tags, strategy and request give the same answer.</summary>
public static class NextVersion
{
    /// <summary>Reads the history of HEAD and decides. Needs no token and changes nothing.</summary>
    /// <exception cref="ReleaseException">There is no commit, the clone lacks commits that decide, or the request contradicts the history.</exception>
    public static async Task<VersionDecision> DecideAsync(
        GitRepository git,
        ReleaseStrategy strategy,
        VersionRequest request,
        CancellationToken cancel = default
    )
    {
        var history = await new HistoryReader(git).ReadAsync(strategy, request.Branch, cancel);
        return After(await VersionSources.CheckAsync(history, git.Root, strategy.Versioning, cancel), strategy, request);
    }

    /// <summary>The version after a history. Pure.</summary>
    /// <exception cref="ReleaseException">The request contradicts the history.</exception>
    public static VersionDecision After(History history, ReleaseStrategy strategy, VersionRequest request) =>
        After(history, strategy, request, null);

    /// <summary>The version of a component after a history, where what it depends on is released as well.</summary>
    internal static VersionDecision After(History history, ReleaseStrategy strategy, VersionRequest request, DependencyPull? pull)
    {
        var weight = Weight.Of(history.Commits, history.Merged, strategy.Versioning);
        var answer = new VersionQuestion(history, strategy, request, weight, pull).Answer();
        var version = answer.Version.ToString();
        return new VersionDecision
        {
            Version = version,
            FullVersion = strategy.Versioning.BuildMetadata ? $"{version}+{history.Head[..7]}" : version,
            Tag = answer.Tag ?? strategy.Versioning.TagPrefix + version,
            Previous = answer.Previous?.Version.ToString(),
            PreviousTag = answer.Previous?.Name,
            Bump = answer.Bump.Word(),
            Reason = answer.Reason,
            DecidingCommit = answer.Deciding?.Commit.Hash,
            Commit = history.Head,
            Branch = history.Branch,
            Commits = answer.Commits,
            TakenBack = weight.TakenBack,
            Nothing = answer.Nothing,
            Warnings = [.. history.Warnings, .. answer.Warnings],
        };
    }
}
