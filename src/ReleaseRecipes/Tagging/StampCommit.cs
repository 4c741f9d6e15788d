using System.Text.Json.Nodes;
using ReleaseRecipes.Git;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Tagging;

/// <summary>
/// The commit that a release adds where files are stamped with its version or a changelog file is kept: those files and nothing else.
/// </summary>
/// <param name="git">The repository.</param>
/// <param name="version">The release's version.</param>
/// <param name="tags">Its tags, named in the commit's message.</param>
/// <param name="parent">The commit that was gated, full hash.</param>
public sealed class StampCommit(GitRepository git, string version, IReadOnlyList<string> tags, string parent)
{
    const int LongestSubject = 72;

    /// <summary>The subject of the commit of a release with these tags: all of them where that is no long line.</summary>
    public static string SubjectFor(IReadOnlyList<string> tags)
    {
        var all = $"chore(release): {string.Join(' ', tags)}";
        return all.Length <= LongestSubject || tags.Count == 1 ? all : $"chore(release): {tags[0]} and {tags.Count - 1} more";
    }

    string Subject => SubjectFor(tags);

    string Message => Subject.EndsWith(tags[^1], StringComparison.Ordinal) ? Subject : $"{Subject}\n\n{string.Join('\n', tags)}";

    /// <summary>The effect: at most one such commit on top of the gated one.</summary>
    public Effect Effect(IReadOnlyList<string> files, string? key = null) =>
        new(
            version,
            // Planned anew on another commit, a release gets another release commit.
            key ?? Making.CommitKey(parent),
            new JsonObject
            {
                ["parent"] = parent,
                ["subject"] = Subject,
                ["files"] = new JsonArray([.. files.Select(file => (JsonNode?)file)]),
            },
            ProbeAsync,
            cancel => CommitAsync(files, cancel)
        );

    async Task<Observation> ProbeAsync(CancellationToken cancel)
    {
        var head = (await git.ReadAsync("log", "-1", "--format=%H%n%P%n%s", "HEAD")).Split('\n');
        return head[1] == parent && head[2] == Subject ? Observation.Present(new JsonObject { ["commit"] = head[0] }) : Observation.Absent;
    }

    async Task<JsonObject> CommitAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        var head = (await git.ReadAsync("rev-parse", "HEAD")).Trim();
        if (head != parent)
        {
            throw new ReleaseException(
                "The branch moved while the release was under way.",
                $"The gates passed on {parent[..8]}, but HEAD is {head[..8]}.",
                "Run the release again: it will plan anew from where the branch is now."
            );
        }

        await StaleLocks.ReadAsync(git, ["add", "--", .. files], cancel);
        // Nothing to commit is no error: the files may have had the version already.
        if ((await git.TryAsync(["diff", "--cached", "--quiet", "--", .. files], cancel: cancel)).Succeeded)
        {
            return new JsonObject { ["commit"] = parent };
        }

        await StaleLocks.ReadAsync(git, ["commit", "--quiet", "--no-verify", "-m", Message, "--only", "--", .. files], cancel);
        return new JsonObject { ["commit"] = (await git.ReadAsync("rev-parse", "HEAD")).Trim() };
    }
}
