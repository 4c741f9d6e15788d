using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>Makes the release notes; with <c>--all</c> the changelog of the whole history.</summary>
public sealed class WriteNotes(ReleaseSession release)
{
    const int ShownLines = 40;

    /// <summary>Sets the notes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (release.Options.All)
        {
            await WriteAllAsync(cancel);
            return;
        }

        if (!await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        release.Notes = await NotesAsync(cancel);
        Show(release.Notes);
        if (release.Options.Output is { } path)
        {
            AtomicFile.Write(path, release.Notes);
        }

        release.Json.Say(new JsonObject { ["version"] = release.Version.Version, ["notes"] = release.Notes });
    }

    // An unfinished release keeps the notes that it was planned with, on whatever day it goes on.
    async Task<string> NotesAsync(CancellationToken cancel)
    {
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        return progress.IsOf(release.Plan) && progress.Planned!.Data["notes"]?.GetValue<string>() is { } kept
            ? kept
            : await FreshAsync(cancel);
    }

    async Task<string> FreshAsync(CancellationToken cancel)
    {
        var settings = release.Strategy.Changelog;
        var style = NotesStyles.Of(settings.Style, release.Parts.Styles);
        var remote = await WebRemote.FindAsync(release.Git, cancel);
        var today = DateOnly.FromDateTime(release.Clock.GetUtcNow().UtcDateTime);
        var notes = settings.Template is { } template
            ? await NotesTemplate.RenderAsync(release.Git.Root, template, release.Version, remote, today, style, cancel)
            : ReleaseNotes.Render(release.Version, remote, today, style);
        return ReleaseBody.Fit(notes);
    }

    async Task WriteAllAsync(CancellationToken cancel)
    {
        var path = release.Options.Output ?? "CHANGELOG.md";
        release.Terminal.Progress($"writing the whole history to {path}");
        await using var file = File.Create(Path.Combine(release.Git.Root, path));
        var summary = await ChangelogWriter.WriteAllAsync(release.Git, release.Strategy, file, cancel);
        release.Terminal.Line($"  {summary.Releases} releases, {summary.Commits} commits: {path}", Tone.Good);
        release.Json.Say(
            new JsonObject
            {
                ["output"] = path,
                ["releases"] = summary.Releases,
                ["commits"] = summary.Commits,
            }
        );
    }

    void Show(string notes)
    {
        release.Terminal.Heading("Changelog");
        var lines = notes.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        foreach (var line in lines.Take(ShownLines))
        {
            release.Terminal.Line($"  {line}");
        }

        if (lines.Count > ShownLines)
        {
            release.Terminal.Line($"  … and {lines.Count - ShownLines} lines more", Tone.Quiet);
        }
    }
}
