using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
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

        var request = new VersionRequest(release.Options.Type, release.Options.ReleaseVersion);
        var decided = await NextVersion.DecideAsync(release.Git, release.Strategy, request, cancel);
        release.Version = await new UnfinishedRelease(release).FindAsync(decided, cancel) ?? decided;
        Show(release.Version);
        release.Json.Say(Document(release.Version));
    }

    void Show(VersionDecision version)
    {
        var terminal = release.Terminal;
        terminal.Heading(version.Nothing ? "Nothing to release" : $"Version {version.Version}");
        if (version.Nothing)
        {
            terminal.Line($"  {version.Reason}", Tone.Quiet);
            if (version.PreviousTag == version.Tag)
            {
                terminal.Next("To release all the same", $"{release.Options.CommandFor("Release")} --type=patch");
            }

            return;
        }

        terminal.Fact("before", version.Previous ?? "none");
        terminal.Fact("bump", version.Bump);
        terminal.Fact("because", version.Reason);
        terminal.Fact("commit", $"{version.Commit[..8]} on {version.Branch ?? "a detached HEAD"}", Tone.Quiet);
        foreach (var warning in version.Warnings)
        {
            terminal.Line($"  {warning}", Tone.Warning);
        }
    }

    static JsonObject Document(VersionDecision version) =>
        new()
        {
            ["version"] = version.Version,
            ["full_version"] = version.FullVersion,
            ["previous"] = version.Previous,
            ["bump"] = version.Bump,
            ["reason"] = version.Reason,
            ["tag"] = version.Tag,
            ["commit"] = version.Commit,
            ["branch"] = version.Branch,
            ["release"] = !version.Nothing,
            ["commits"] = CommitSummary.ToJson(version),
        };
}
