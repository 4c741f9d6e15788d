using ReleaseRecipes.Components;
using ReleaseRecipes.Git;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes the notes of a release in the strategy's style or by its template: of the repository, or of each component and of all together.</summary>
/// <param name="git">The repository.</param>
/// <param name="strategy">Its style or template, and whether it names the contributors.</param>
/// <param name="style">The style.</param>
/// <param name="date">The day of the release.</param>
public sealed class NotesWriter(GitRepository git, ReleaseStrategy strategy, INotesStyle style, DateOnly date)
{
    /// <summary>The notes, not longer than a server takes.</summary>
    public async Task<ReleaseTexts> WriteAsync(VersionDecision version, CancellationToken cancel)
    {
        var remote = await WebRemote.FindAsync(git, cancel);
        if (version.Components.Count == 0)
        {
            return new ReleaseTexts(ReleaseBody.Fit(await SectionAsync(version, null, remote, cancel)));
        }

        var whole = new List<string>();
        var components = new Dictionary<string, string>();
        foreach (var (name, decision) in version.Components.Where(one => !one.Decision.Nothing))
        {
            components[name] = ReleaseBody.Fit(await SectionAsync(decision, null, remote, cancel));
            whole.Add(await SectionAsync(decision, name, remote, cancel));
        }

        return new ReleaseTexts(ReleaseBody.Fit(string.Join('\n', whole)), components);
    }

    async Task<string> SectionAsync(VersionDecision version, string? component, WebRemote? remote, CancellationToken cancel)
    {
        var contributors = strategy.Changelog.Contributors ? await Contributor.OfAsync(git, version, cancel) : [];
        return strategy.Changelog.Template is { } template
            ? await NotesTemplate.RenderAsync(git.Root, template, version, remote, date, style, component, contributors, cancel)
            : ReleaseNotes.Render(version, remote, date, style, contributors, component);
    }
}
