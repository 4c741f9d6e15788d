using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Output;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>The commits of a release by category, for the plan and for <c>--json</c>.</summary>
public static class CommitSummary
{
    const int Shown = 8;

    /// <summary>Prints at most a handful of each category, and how many there are.</summary>
    public static void Show(Terminal terminal, VersionDecision version)
    {
        var breaking = version.Commits.Where(commit => commit.Message.Breaking).ToList();
        if (breaking.Count > 0)
        {
            Show(terminal, "⚠️ Breaking changes", breaking);
        }

        foreach (var category in Categories.All)
        {
            Show(terminal, category.Emoji(), [.. version.Commits.Where(commit => Categories.Of(commit.Message) == category)]);
        }
    }

    /// <summary>The commits as JSON.</summary>
    public static JsonArray ToJson(VersionDecision version) =>
        [
            .. version.Commits.Select(commit => new JsonObject
            {
                ["hash"] = commit.Commit.Hash,
                ["type"] = commit.Message.Type,
                ["scope"] = commit.Message.Scope,
                ["description"] = commit.Message.Description,
                ["breaking"] = commit.Message.Breaking,
                ["category"] = Categories.Of(commit.Message).ToString().ToLowerInvariant(),
            }),
        ];

    static void Show(Terminal terminal, string heading, List<ReleaseCommit> commits)
    {
        if (commits.Count == 0)
        {
            return;
        }

        terminal.Heading($"{heading} ({commits.Count})");
        foreach (var commit in commits.Take(Shown))
        {
            terminal.Line($"  {commit.Commit.ShortHash} {commit.Message.Header}");
        }

        if (commits.Count > Shown)
        {
            terminal.Line($"  … and {commits.Count - Shown} more", Tone.Quiet);
        }
    }
}
