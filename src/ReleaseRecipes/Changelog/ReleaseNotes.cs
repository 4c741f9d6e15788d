using System.Text;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes the notes of one release as Markdown. Pure: the same release gives the same text.</summary>
public static class ReleaseNotes
{
    /// <summary>The section of one version: heading, breaking changes, categories, compare link.</summary>
    /// <param name="decision">The release.</param>
    /// <param name="remote">Where commits can be looked at; null: hashes only.</param>
    /// <param name="date">The day of the release, shown in the heading.</param>
    public static string Render(VersionDecision decision, WebRemote? remote, DateOnly date)
    {
        var notes = new StringBuilder();
        notes.Append("## ").Append(Heading(decision, remote)).Append(" (").Append(date.ToString("yyyy-MM-dd")).Append(")\n");
        var commits = decision.Commits.Where(Entries.IsListed).ToList();
        Breaking(notes, commits, remote);
        foreach (var group in Categories.All)
        {
            var entries = commits.Where(commit => Categories.Of(commit) == group).ToList();
            if (entries.Count > 0)
            {
                notes.Append("\n### ").Append(group.Emoji()).Append("\n\n");
                entries.ForEach(commit => notes.Append("- ").Append(Entries.Of(commit, remote)).Append('\n'));
            }
        }

        if (commits.Count == 0)
        {
            notes.Append("\nNo changes.\n");
        }

        return notes.ToString();
    }

    static string Heading(VersionDecision decision, WebRemote? remote) =>
        remote is not null && decision.PreviousTag is { } previous
            ? $"[{decision.Version}]({remote.Compare(previous, decision.Tag)})"
            : decision.Version;

    static void Breaking(StringBuilder notes, List<ReleaseCommit> commits, WebRemote? remote)
    {
        var breaking = commits.Where(commit => commit.Message.Breaking).ToList();
        if (breaking.Count == 0)
        {
            return;
        }

        notes.Append("\n### ⚠️ BREAKING CHANGES\n\n");
        foreach (var commit in breaking)
        {
            foreach (var text in Entries.Breaking(commit, remote))
            {
                notes.Append("- ").Append(text).Append('\n');
            }
        }
    }
}
