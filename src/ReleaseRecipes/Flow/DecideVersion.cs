using System.Text.Json.Nodes;
using ReleaseRecipes.Components;
using ReleaseRecipes.Output;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>Decides the next version, or finds the release that an earlier run did not bring to its end.</summary>
public sealed class DecideVersion(ReleaseSession release)
{
    /// <summary>Sets the version. Reads only.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (release.Options.All)
        {
            // The changelog of the past needs no next version, and a long history is read once.
            return;
        }

        var decided = await DecideAsync(new VersionRequest(release.Options.Type, release.Options.ReleaseVersion), cancel);
        release.Version = await new UnfinishedRelease(release).FindAsync(decided, cancel) ?? decided;
        Show(release.Version);
        release.Json.Say(Document(release.Version));
    }

    async Task<VersionDecision> DecideAsync(VersionRequest request, CancellationToken cancel)
    {
        if (release.Strategy.Components.Count > 0)
        {
            return await new ComponentVersions(release.Git, release.Strategy).DecideAsync(request, release.Options.Components, cancel);
        }

        ComponentStrategy.Named(release.Strategy, release.Options.Components);
        return await NextVersion.DecideAsync(release.Git, release.Strategy, request, cancel);
    }

    void Show(VersionDecision version)
    {
        var terminal = release.Terminal;
        terminal.Heading(version.Nothing ? "Nothing to release" : $"Version {version.Version}");
        if (version.Components.Count > 0)
        {
            ComponentTable.Show(terminal, version);
        }

        if (version.Nothing)
        {
            terminal.Line($"  {version.Reason}", Tone.Quiet);
            if (version.Components.Count == 0 && version.PreviousTag == version.Tag)
            {
                terminal.Next("To release all the same", $"{release.Options.CommandFor("Release")} --type=patch");
            }

            return;
        }

        if (version.Components.Count == 0)
        {
            terminal.Fact("before", version.Previous ?? "none");
            terminal.Fact("bump", version.Bump);
            terminal.Fact("because", version.Reason);
        }

        terminal.Fact("commit", $"{version.Commit[..8]} on {version.Branch ?? "a detached HEAD"}", Tone.Quiet);
        foreach (var warning in version.Warnings)
        {
            terminal.Line($"  {warning}", Tone.Warning);
        }
    }

    static JsonObject Document(VersionDecision version)
    {
        var document = Decision(version);
        if (version.Components.Count > 0)
        {
            document["components"] = Components(version);
            document["outside"] = new JsonArray([.. version.Outside.Select(commit => (JsonNode?)commit.Hash)]);
        }

        return document;
    }

    /// <summary>The components of a release as JSON; empty where the repository is released as one.</summary>
    public static JsonArray Components(VersionDecision version) => [.. version.Components.Select(Component)];

    static JsonNode Component(ComponentVersion component)
    {
        var document = Decision(component.Decision);
        document.Insert(0, "name", component.Name);
        return document;
    }

    static JsonObject Decision(VersionDecision version) =>
        new()
        {
            ["version"] = Known(version.Version),
            ["full_version"] = Known(version.FullVersion),
            ["previous"] = version.Previous,
            ["bump"] = version.Bump,
            ["reason"] = version.Reason,
            ["tag"] = Known(version.Tag),
            ["commit"] = version.Commit,
            ["branch"] = version.Branch,
            ["release"] = !version.Nothing,
            ["commits"] = CommitSummary.ToJson(version),
            ["warnings"] = new JsonArray([.. version.Warnings.Select(warning => (JsonNode?)warning)]),
        };

    // A component that never was released has no version.
    static string? Known(string text) => text.Length > 0 ? text : null;
}
