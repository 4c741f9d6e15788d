using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Projections;

namespace ReleaseRecipes.Flow;

/// <summary>The end of a release: the environments after production, the last event, the files, and where things stand now.</summary>
public sealed class FinishRelease(ReleaseSession release)
{
    /// <summary>Ends the release that every step before was a part of.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await new Preparation(release).DoneAsync(cancel))
        {
            await SayAsync("nothing", cancel);
            release.Terminal.Next("To see where things stand", release.Options.CommandFor("Status"));
            return;
        }

        var environments = release.Strategy.Environments;
        await new DeployEnvironments(release).RunAsync(EnvironmentOrder.AfterProduction(environments), cancel);
        await new ReleaseFiles(release).WriteAsync(cancel, becomes: "released");
        await new News(release).TellAsync(Moment.Released, cancel);
        await RecordAsync(cancel);
        await ShowAsync(cancel);
        await SayAsync("released", cancel);
    }

    // The last thing of all: a run that is killed before it leaves a release that is taken up again, and nothing is left to do after it.
    async Task RecordAsync(CancellationToken cancel)
    {
        var version = release.Version.Version;
        if (!ReleaseProgress.Of(await release.Ledger.ReadAsync(version, cancel)).Released)
        {
            await new BeginRelease(release).OwnAsync(cancel);
            var names = release.Plan.Environments.Select(environment => (JsonNode?)environment.Settings.Name);
            await release.EndAsync(
                new NewEvent(version, EventKinds.Released, new JsonObject { ["environments"] = new JsonArray([.. names]) }),
                cancel
            );
        }
    }

    async Task ShowAsync(CancellationToken cancel)
    {
        var state = (await release.Ledger.HeadAsync(cancel)).State;
        release.Terminal.Heading($"Released {release.Version.Version}");
        foreach (var part in release.Parted)
        {
            release.Terminal.Fact("tag", part.Tag);
        }

        release.Terminal.Fact("notes", $"releases/{release.Version.Version}/RELEASE_NOTES.md");
        foreach (var environment in release.Plan.Environments.Select(environment => environment.Settings.Name))
        {
            var record = state.Environments.GetValueOrDefault(environment);
            release.Terminal.Fact(environment, $"{record?.Verified} {record?.Url}".Trim(), Tone.Good);
        }

        var last = release.Plan.Environments.Count > 0 ? release.Plan.Environments[^1].Settings.Name : null;
        release.Terminal.Next(
            last is null ? "To verify the record" : "To take it back",
            last is null ? release.Options.CommandFor("Audit") : $"{release.Options.CommandFor("Rollback")} --environment={last}"
        );
    }

    async Task SayAsync(string outcome, CancellationToken cancel)
    {
        var state = (await release.Ledger.HeadAsync(cancel)).State;
        release.Json.Say(
            new JsonObject
            {
                ["version"] = release.Version.Version,
                ["outcome"] = outcome,
                ["tag"] = release.Version.Tag,
                ["components"] = new JsonArray([
                    .. release
                        .Parted.Where(part => part.Component is not null)
                        .Select(part => new JsonObject
                        {
                            ["name"] = part.Component,
                            ["version"] = part.Version,
                            ["tag"] = part.Tag,
                        }),
                ]),
                ["environments"] = new JsonArray([
                    .. state.Environments.Values.Select(environment => new JsonObject
                    {
                        ["name"] = environment.Name,
                        ["version"] = environment.Verified,
                        ["state"] = environment.State,
                        ["url"] = environment.Url,
                    }),
                ]),
            }
        );
    }
}
