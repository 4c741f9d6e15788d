using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Finds the release that an earlier run began on this commit and did not bring to its end, on this machine or another.</summary>
public sealed class UnfinishedRelease(ReleaseSession release)
{
    /// <summary>That release, as it was planned; null where the decision stands as it is.</summary>
    public async Task<VersionDecision?> FindAsync(VersionDecision decided, CancellationToken cancel)
    {
        var newest = (await release.Ledger.HeadAsync(cancel)).State.Newest;
        if (newest is null || newest.State is "released" or "aborted" || (!decided.Nothing && newest.Version != decided.Version))
        {
            return null;
        }

        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(newest.Version, cancel));
        return progress.Planned is { } planned && await IsOfThisCommitAsync(progress, newest.Commit, decided)
            ? AsPlanned(planned) with
            {
                Commits = decided.Commits,
            }
            : null;
    }

    // Untagged, the release stands on the planned commit; after the release commit and the tag, HEAD is one further.
    async Task<bool> IsOfThisCommitAsync(ReleaseProgress progress, string planned, VersionDecision decided)
    {
        if (decided.Commit == progress.TaggedCommit || (decided.Nothing && decided.Commit == planned))
        {
            return true;
        }

        var head = (await release.Git.ReadAsync("log", "-1", "--format=%P%n%s", decided.Commit)).Split('\n');
        return head[0] == planned && head[1] == $"chore(release): {progress.Planned!.Data["tag"]?.GetValue<string>()}";
    }

    /// <summary>The decision that a planned release stands on.</summary>
    public static VersionDecision AsPlanned(LedgerEvent planned)
    {
        string? Text(string name) => planned.Data[name]?.GetValue<string>();
        return new VersionDecision
        {
            Version = planned.Release,
            FullVersion = Text("full_version") ?? planned.Release,
            Tag = Text("tag") ?? "",
            Previous = Text("previous"),
            Bump = Text("bump") ?? "none",
            Reason = Text("reason") ?? "",
            Commit = Text("commit") ?? "",
            Branch = Text("branch"),
        };
    }

    /// <summary>What the ledger keeps of a decision, from which an unfinished release is taken up again.</summary>
    public static JsonObject Record(VersionDecision version, ReleasePlan plan, string notes) =>
        new()
        {
            ["full_version"] = version.FullVersion,
            ["tag"] = version.Tag,
            ["previous"] = version.Previous,
            ["bump"] = version.Bump,
            ["reason"] = version.Reason,
            ["commit"] = version.Commit,
            ["branch"] = version.Branch,
            ["plan"] = plan.Hash,
            ["strategy"] = plan.Strategy,
            ["notes"] = notes,
        };
}
