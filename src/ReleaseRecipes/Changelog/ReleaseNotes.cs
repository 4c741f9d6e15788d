using System.Text;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes the notes of one release as Markdown. Pure: the same release gives the same text.</summary>
public static class ReleaseNotes
{
    /// <summary>The section of one version: heading with compare link, breaking changes with their migration text, the groups of the style.</summary>
    /// <param name="decision">The release.</param>
    /// <param name="remote">Where commits can be looked at; null: hashes only.</param>
    /// <param name="date">The day of the release, shown in the heading.</param>
    /// <param name="style">The layout; the emoji style where null.</param>
    /// <param name="contributors">Who took part; not shown where null.</param>
    /// <param name="component">The component that it is of, in the notes of several; null: the heading holds the version alone.</param>
    public static string Render(
        VersionDecision decision,
        WebRemote? remote,
        DateOnly date,
        INotesStyle? style = null,
        IReadOnlyList<Contributor>? contributors = null,
        string? component = null
    )
    {
        style ??= NotesStyles.All[0];
        var link = remote is not null && decision.PreviousTag is { } previous ? remote.Compare(previous, decision.Tag) : null;
        var notes = new StringBuilder($"## {(component is null ? "" : $"{component} ")}{style.Heading(decision.Version, link, date)}\n");
        var commits = Duplicates
            .Removed(decision.Commits)
            .Where(commit => Entries.IsListed(commit.Message, commit.Commit.IsMerge))
            .ToList();
        Breaking(notes, commits, remote, style);
        for (var group = 0; group < style.Groups.Count; group++)
        {
            var members = commits.Where(commit => style.GroupOf(commit.Message) == group).ToList();
            List(notes, style.Groups[group], Dependencies.Folded(members, remote));
        }

        if (commits.Count == 0)
        {
            notes.Append("\nNo changes.\n");
        }

        List(notes, style.Name == "emoji" ? "❤️ Contributors" : "Contributors", contributors?.Select(person => person.Line()) ?? []);
        return notes.ToString();
    }

    static void Breaking(StringBuilder notes, List<ReleaseCommit> commits, WebRemote? remote, INotesStyle style) =>
        List(
            notes,
            style.Breaking,
            commits
                .Where(commit => commit.Message.Breaking)
                .SelectMany(commit => Entries.Breaking(commit.Message, commit.Commit.Hash, remote))
        );

    static void List(StringBuilder notes, string title, IEnumerable<string> items)
    {
        var first = true;
        foreach (var item in items)
        {
            notes.Append(first ? $"\n### {title}\n\n- " : "- ").Append(item).Append('\n');
            first = false;
        }
    }
}
