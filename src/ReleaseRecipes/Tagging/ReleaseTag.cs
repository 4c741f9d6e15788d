using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tagging;

/// <summary>The annotated tag of a release. Made once, never moved.</summary>
/// <param name="git">The repository.</param>
/// <param name="version">The release's version, or its name.</param>
/// <param name="tag">The tag.</param>
/// <param name="commit">The commit that it is put on, full hash.</param>
/// <param name="component">The component whose tag it is; null: the repository's.</param>
public sealed class ReleaseTag(GitRepository git, string version, string tag, string commit, string? component = null)
{
    /// <summary>The effect: this tag on this commit. An equal tag that is there already is adopted.</summary>
    public Effect Effect(string plan, Func<CancellationToken, Task<LedgerHead>> head, string? key = null) =>
        new(
            version,
            key ?? Ledger.Effect.TagKey(component),
            new JsonObject { ["tag"] = tag, ["commit"] = commit },
            _ => ProbeAsync(),
            cancel => MakeAsync(plan, head, cancel)
        );

    async Task<Observation> ProbeAsync() =>
        await git.TipAsync($"refs/tags/{tag}^{{commit}}") switch
        {
            null => Observation.Absent,
            var there when there == commit => Observation.Present(new JsonObject { ["tag"] = tag, ["commit"] = commit }),
            var elsewhere => throw Taken(elsewhere),
        };

    async Task<JsonObject> MakeAsync(string plan, Func<CancellationToken, Task<LedgerHead>> head, CancellationToken cancel)
    {
        // The tag may have been made by hand, or fetched: the same commit is the same release, another commit never is.
        if ((await ProbeAsync()).Presence == Presence.Absent)
        {
            var ledger = await head(cancel);
            string[] make = ["tag", "--annotate", "--cleanup=verbatim", "--file=-", "--", tag, commit];
            var message = new TagMessage(version, plan, ledger.Count, ledger.Hash).ToString();
            await StaleLocks.RetryAsync(
                git,
                async () =>
                    await git.TryAsync(make, message, cancel: cancel) is { Succeeded: false } result
                        ? throw GitRepository.Failed(make, result)
                        : true,
                cancel
            );
        }

        return new JsonObject { ["tag"] = tag, ["commit"] = commit };
    }

    ReleaseException Taken(string elsewhere) =>
        new(
            $"The tag {tag} is on another commit.",
            $"{tag} is on {elsewhere[..8]}, this release is {commit[..8]}.",
            $"A published tag is never moved. Release a higher version with --release-version=V, or delete it if nobody has it: git tag -d {tag}"
        );
}
