using System.Text.Json.Nodes;
using ReleaseRecipes.Changelog;
using ReleaseRecipes.Components;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Strategy;

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
        Show(release.Notes.Whole);
        if (release.Options.Output is { } path)
        {
            AtomicFile.Write(path, release.Notes.Whole);
        }

        release.Json.Say(Document());
    }

    JsonObject Document()
    {
        var document = new JsonObject { ["version"] = release.Version.Version, ["notes"] = release.Notes.Whole };
        if (release.Version.Components.Count > 0)
        {
            document["components"] = new JsonObject(
                release.Notes.Components.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))
            );
        }

        return document;
    }

    // An unfinished release keeps the notes that it was planned with, on whatever day it goes on.
    async Task<ReleaseTexts> NotesAsync(CancellationToken cancel)
    {
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        return progress.IsOf(release.Plan) ? Kept(progress.Planned!) : await FreshAsync(cancel);
    }

    ReleaseTexts Kept(LedgerEvent planned) =>
        new(
            PlannedParts.NotesOf(planned, null),
            release.Version.Components.ToDictionary(one => one.Name, one => PlannedParts.NotesOf(planned, one.Name))
        );

    async Task<ReleaseTexts> FreshAsync(CancellationToken cancel)
    {
        var style = NotesStyles.Of(release.Strategy.Changelog.Style, release.Parts.Styles);
        var today = DateOnly.FromDateTime(release.Clock.GetUtcNow().UtcDateTime);
        var texts = await new NotesWriter(release.Git, release.Strategy, style, today).WriteAsync(release.Version, cancel);
        return new(
            release.Secrets.Mask(texts.Whole),
            texts.Components.ToDictionary(one => one.Key, one => release.Secrets.Mask(one.Value))
        );
    }

    async Task WriteAllAsync(CancellationToken cancel)
    {
        var component = OneComponent();
        var path = release.Options.Output ?? component?.Changelog ?? "CHANGELOG.md";
        release.Terminal.Progress($"writing the whole history to {path}");
        var file = Path.Combine(release.Git.Root, path);
        ChangelogSummary summary;
        await using (var stream = File.Create(file))
        {
            summary = await ChangelogWriter.WriteAllAsync(release.Git, release.Strategy, stream, component, cancel);
        }

        await MaskAsync(file, cancel);
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

    // Each component has a changelog of its own.
    ComponentSettings? OneComponent()
    {
        var named = ComponentStrategy.Named(release.Strategy, release.Options.Components);
        return named.Count < 2
            ? named.FirstOrDefault()
            : throw new ReleaseException(
                "The changelog of which component?",
                todo: $"Name one: --component={named[0].Name}",
                exitCode: ExitCodes.WrongInput
            );
    }

    // Afterwards, since a long history is written as it is read, and hardly ever has a secret in it.
    async Task MaskAsync(string file, CancellationToken cancel)
    {
        var text = await File.ReadAllTextAsync(file, cancel);
        var masked = release.Secrets.Mask(text);
        if (!ReferenceEquals(masked, text))
        {
            AtomicFile.Write(file, masked);
        }
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
