using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Components;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Tagging;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Finds the release that an earlier run began on this commit and did not bring to its end, on this machine or another.</summary>
public sealed class UnfinishedRelease(ReleaseSession release)
{
    /// <summary>That release, as it was planned; null where the decision stands as it is.</summary>
    public async Task<VersionDecision?> FindAsync(VersionDecision decided, CancellationToken cancel)
    {
        var newest = (await release.Ledger.HeadAsync(cancel)).State.Newest;
        if (newest is null || newest.State is "released" or "aborted")
        {
            return null;
        }

        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(newest.Version, cancel));
        return progress.Planned is { } planned && IsRestOf(planned, decided) && await IsOfThisCommitAsync(progress, newest.Commit, decided)
            ? AsPlanned(planned) with
            {
                Commits = decided.Commits,
                Outside = decided.Outside,
            }
            : null;
    }

    // What carries its tag already is not decided anew: a release between two of its tags shows as a smaller one.
    static bool IsRestOf(LedgerEvent planned, VersionDecision decided)
    {
        if (decided.Components.Count == 0)
        {
            return decided.Nothing || planned.Release == decided.Version;
        }

        var tags = PlannedParts.Of(planned).Select(part => part.Decision.Tag).ToHashSet();
        return decided.Components.All(one => one.Decision.Nothing || tags.Contains(one.Decision.Tag));
    }

    // Untagged, the release stands on the planned commit; after the release commit and the tag, HEAD is one further.
    async Task<bool> IsOfThisCommitAsync(ReleaseProgress progress, string planned, VersionDecision decided)
    {
        if (decided.Commit == progress.TaggedCommit || (decided.Commit == planned && (decided.Nothing || progress.Tags.Count > 0)))
        {
            return true;
        }

        var head = (await release.Git.ReadAsync("log", "-1", "--format=%P%n%s", decided.Commit)).Split('\n');
        return head[0] == planned && head[1] == StampCommit.SubjectFor(AsPlanned(progress.Planned!).Tag.Split(' '));
    }

    /// <summary>The decision that a planned release stands on.</summary>
    public static VersionDecision AsPlanned(LedgerEvent planned) =>
        PlannedParts.Read(planned.Data, planned.Release) with
        {
            Components = PlannedParts.Of(planned),
        };

    /// <summary>What the ledger keeps of a decision, from which an unfinished release is taken up again.</summary>
    public static JsonObject Record(VersionDecision version, ReleasePlan plan, ReleaseTexts notes)
    {
        var record = PlannedParts.Write(version, notes.Whole);
        record["plan"] = plan.Hash;
        record["strategy"] = plan.Strategy;
        if (version.Components.Count > 0)
        {
            record["components"] = new JsonArray([
                .. version.Components.Where(one => !one.Decision.Nothing).Select(one => PlannedParts.Write(one, notes.Of(one.Name))),
            ]);
        }

        return record;
    }
}
