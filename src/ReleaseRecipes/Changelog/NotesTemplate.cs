using HandlebarsDotNet;
using ReleaseRecipes.Versioning;
using ReleaseRecipes.Versioning.Files;

namespace ReleaseRecipes.Changelog;

/// <summary>Writes release notes by a Handlebars template of the repository's own.</summary>
public static class NotesTemplate
{
    /// <summary>
    /// Renders a template. It sees <c>version</c>, <c>tag</c>, <c>previous</c>, <c>date</c>, <c>compare</c>, <c>component</c> (in the notes of
    /// several), <c>breaking</c> (texts), <c>contributors</c>, each with <c>name</c> and <c>is_new</c>, and <c>groups</c>, each with <c>title</c> and <c>commits</c>: <c>scope</c>, <c>description</c>, <c>hash</c>, <c>link</c>, <c>author</c>,
    /// <c>line</c>. Every text is harmless Markdown already.
    /// </summary>
    /// <param name="root">The repository's top folder.</param>
    /// <param name="path">The template, relative to the root and inside of it.</param>
    /// <param name="decision">The release.</param>
    /// <param name="remote">Where commits can be looked at.</param>
    /// <param name="date">The day of the release.</param>
    /// <param name="style">The groups.</param>
    /// <param name="component">The component that it is of, in the notes of several.</param>
    /// <param name="contributors">Who took part.</param>
    /// <param name="cancel">Stops reading the template.</param>
    /// <exception cref="ReleaseException">The template is missing, outside of the root, or broken.</exception>
    public static async Task<string> RenderAsync(
        string root,
        string path,
        VersionDecision decision,
        WebRemote? remote,
        DateOnly date,
        INotesStyle style,
        string? component = null,
        IReadOnlyList<Contributor>? contributors = null,
        CancellationToken cancel = default
    )
    {
        var file = InsidePath.Of(root, path);
        if (!File.Exists(file))
        {
            throw new ReleaseException($"The template {path} is not there.", "changelog.template", exitCode: ExitCodes.WrongInput);
        }

        try
        {
            var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
            var model = Model(decision, remote, date, style);
            model["component"] = component;
            model["contributors"] = (contributors ?? []).Select(Model).ToList();
            return handlebars.Compile(await File.ReadAllTextAsync(file, cancel))(model);
        }
        catch (HandlebarsException problem)
        {
            throw new ReleaseException(
                $"The template cannot be used: {problem.Message}",
                path,
                "Correct it (https://handlebarsjs.com/guide/).",
                ExitCodes.WrongInput,
                problem
            );
        }
    }

    static Dictionary<string, object?> Model(VersionDecision decision, WebRemote? remote, DateOnly date, INotesStyle style)
    {
        var commits = Duplicates
            .Removed(decision.Commits)
            .Where(commit => Entries.IsListed(commit.Message, commit.Commit.IsMerge))
            .ToList();
        return new Dictionary<string, object?>
        {
            ["version"] = decision.Version,
            ["tag"] = decision.Tag,
            ["previous"] = decision.Previous,
            ["date"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["compare"] = decision.PreviousTag is { } previous ? remote?.Compare(previous, decision.Tag) : null,
            ["breaking"] = commits
                .Where(commit => commit.Message.Breaking)
                .SelectMany(commit => Entries.Breaking(commit.Message, commit.Commit.Hash, remote))
                .ToList(),
            ["groups"] = commits
                .GroupBy(commit => style.GroupOf(commit.Message))
                .OrderBy(group => group.Key)
                .Select(group => new Dictionary<string, object?>
                {
                    ["title"] = style.Groups[group.Key],
                    ["commits"] = group.Select(commit => Model(commit, remote)).ToList(),
                })
                .ToList(),
        };
    }

    static Dictionary<string, object?> Model(Contributor person) =>
        new() { ["name"] = Markdown.Line(person.Name), ["is_new"] = person.IsNew };

    static Dictionary<string, object?> Model(ReleaseCommit commit, WebRemote? remote) =>
        new()
        {
            ["scope"] = commit.Message.Scope is { } scope ? Markdown.Line(scope) : null,
            ["description"] = Markdown.Line(commit.Message.Description),
            ["hash"] = commit.Commit.ShortHash,
            ["link"] = remote?.Commit(commit.Commit.Hash),
            ["author"] = Markdown.Line(commit.Commit.Author),
            ["line"] = Entries.Of(commit.Message, commit.Commit.Hash, remote),
        };
}
