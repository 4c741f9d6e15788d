using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes single commits as list items of release notes.</summary>
static class Entries
{
    /// <summary>Whether a commit has an item of its own: merges that say nothing and the release's own commits have none.</summary>
    public static bool IsListed(ReleaseCommit commit) =>
        !(commit.Commit.IsMerge && !commit.Message.Follows && !commit.Message.Breaking && commit.Message.Listed.Count == 0)
        && !(commit.Message is { Type: "chore", Scope: "release" });

    /// <summary>One commit: scope, description, reference.</summary>
    public static string Of(ReleaseCommit commit, WebRemote? remote) =>
        $"{Scope(commit.Message)}{Links.In(Markdown.Line(commit.Message.Description), remote)} ({Reference(commit, remote)})";

    /// <summary>The breaking notes of one commit; its description where it gives none.</summary>
    public static IEnumerable<string> Breaking(ReleaseCommit commit, WebRemote? remote)
    {
        var texts = commit.Message.BreakingNotes.Where(note => note.Length > 0).DefaultIfEmpty(BreakingHeader(commit.Message).Description);
        return texts.Select(text => $"{Scope(commit.Message)}{Indented(text)} ({Reference(commit, remote)})");
    }

    static ConventionalMessage BreakingHeader(ConventionalMessage message) =>
        message.Bang ? message : message.Listed.FirstOrDefault(part => part.Bang) ?? message;

    // The further lines of a note stay inside its list item.
    static string Indented(string text)
    {
        var lines = Markdown.Lines(text).ToList();
        return string.Join('\n', lines.Select((line, index) => index == 0 || line.Length == 0 ? line : $"  {line}"));
    }

    static string Scope(ConventionalMessage message) => message.Scope is { } scope ? $"**{Markdown.Line(scope)}:** " : "";

    static string Reference(ReleaseCommit commit, WebRemote? remote) =>
        remote is null ? commit.Commit.ShortHash : $"[{commit.Commit.ShortHash}]({remote.Commit(commit.Commit.Hash)})";
}
