using System.Globalization;
using System.Text;
using ReleaseRecipes.Output;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Ledger;

/// <summary>Writes one append as the input of <c>git fast-import</c>: one process, no work tree, no index, no hooks.</summary>
static class LedgerCommit
{
    const int RoomForTheRest = 2048;

    /// <summary>The person, as git wants them in a commit; works where nobody configured a name.</summary>
    public static (string Name, string Email) Person(string actor)
    {
        var open = actor.LastIndexOf('<');
        var close = actor.LastIndexOf('>');
        var name = Clean(open >= 0 ? actor[..open] : actor);
        var email = Clean(open >= 0 && close > open ? actor[(open + 1)..close] : "");
        return (name.Length == 0 ? "releaser" : name, email.Length == 0 ? "releaser@localhost" : email);
    }

    public static string Write(
        string toRef,
        StoredHead before,
        StoredHead next,
        IReadOnlyList<LedgerEvent> events,
        IReadOnlyDictionary<string, string> files
    )
    {
        var text = new StringBuilder(files.Values.Sum(content => content.Length) + RoomForTheRest);
        var (name, email) = Person(events[0].Actor);
        var message = $"{string.Join('\n', events.Select(Describe))}\n\n{LedgerAnchor.Line(next.Head)}\n";
        text.Append(CultureInfo.InvariantCulture, $"commit {toRef}\ncommitter {name} <{email}> {events[0].At.ToUnixTimeSeconds()} +0000\n");
        Data(text, message);
        if (before.Commit is { } parent)
        {
            text.Append(CultureInfo.InvariantCulture, $"from {parent}\n");
        }

        foreach (var release in before.Recent.Except(next.Recent))
        {
            text.Append(CultureInfo.InvariantCulture, $"R {LedgerTree.Recent(release)} {LedgerTree.Archived(release)}\n");
        }

        foreach (var (path, content) in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"M 100644 inline {path}\n");
            Data(text, content);
        }

        return text.Append("done\n").ToString();
    }

    /// <summary>The failure of an append for a reason other than another writer.</summary>
    public static ReleaseException NotWritten(string name, ProgramResult result) =>
        new(
            $"The ledger could not be written: {result.Error.Trim()}",
            name,
            "Nothing was recorded. Mend what git says (a full disk, missing permissions), and run the same command again."
        );

    static void Data(StringBuilder text, string content) =>
        text.Append(CultureInfo.InvariantCulture, $"data {Encoding.UTF8.GetByteCount(content)}\n").Append(content).Append('\n');

    static string Describe(LedgerEvent fact)
    {
        var about = LedgerFold.Text(fact, "key") ?? LedgerFold.Text(fact, "environment") ?? LedgerFold.Text(fact, "step");
        return PlainText.Line($"{fact.Release}: {fact.Kind}{(about is null ? "" : $" {about}")}");
    }

    static string Clean(string text) =>
        new string([.. PlainText.Line(text).Where(character => character is not ('<' or '>'))]).Trim(
            ' ',
            '.',
            ',',
            ':',
            ';',
            '"',
            '\'',
            '\\'
        );
}
