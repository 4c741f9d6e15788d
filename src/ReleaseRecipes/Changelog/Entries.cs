using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes single commits as list items of release notes.</summary>
static class Entries
{
    /// <summary>Whether a commit has an item of its own: merges that say nothing and the release's own commits have none.</summary>
    public static bool IsListed(ConventionalMessage message, bool isMerge) =>
        !(isMerge && !message.Follows && !message.Breaking && message.Listed.Count == 0)
        && !IsOfRelease(message)
        && message.Header.Length > 0;

    // "chore(release): v1.4.0", "chore(main): release 1.4.0", "1.4.0": they announce a release and are no news of it.
    static bool IsOfRelease(ConventionalMessage message) =>
        message is { Type: "chore", Scope: "release" }
        || (message.Type == "chore" && message.Description.StartsWith("release ", StringComparison.Ordinal))
        || ReleaseVersion.ParseSemantic(message.Header.AsSpan().TrimStart('v')) is not null;

    /// <summary>One commit: scope, description, reference.</summary>
    public static string Of(ConventionalMessage message, string hash, WebRemote? remote) =>
        $"{Scope(message)}{Links.In(Markdown.Line(message.Description), remote)} ({Reference(hash, remote)})";

    /// <summary>The breaking notes of one commit; its description where it gives none.</summary>
    public static IEnumerable<string> Breaking(ConventionalMessage message, string hash, WebRemote? remote)
    {
        var texts = message.BreakingNotes.Where(note => note.Length > 0).DefaultIfEmpty(BreakingHeader(message).Description);
        return texts.Select(text => $"{Scope(message)}{Noted(text, Reference(hash, remote))}");
    }

    static ConventionalMessage BreakingHeader(ConventionalMessage message) =>
        message.Bang ? message : message.Listed.FirstOrDefault(part => part.Bang) ?? message;

    // The further lines of a note stay inside its list item; the reference stands at the end of the first.
    static string Noted(string text, string reference)
    {
        var lines = Markdown.Lines(text).ToList();
        lines[0] = $"{lines[0]} ({reference})";
        return string.Join('\n', lines.Select((line, index) => index == 0 || line.Length == 0 ? line : $"  {line}"));
    }

    static string Scope(ConventionalMessage message) => message.Scope is { } scope ? $"**{Markdown.Line(scope)}:** " : "";

    static string Reference(string hash, WebRemote? remote)
    {
        var shortened = hash.Length > 7 ? hash[..7] : hash;
        return remote is null ? shortened : $"[{shortened}]({remote.Commit(hash)})";
    }
}
