using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Components;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Deployment.Local;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Output;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>Shows where the newest release and each environment stand: what the ledger knows, and what really runs.</summary>
public sealed class ShowStatus(ReleaseSession release)
{
    /// <summary>Prints the status.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var state = (await release.Ledger.HeadAsync(cancel)).State;
        release.Terminal.Heading(release.ApplicationName);
        release.Terminal.Fact(
            "release",
            state.Newest is { } newest ? $"{newest.Version}, {newest.State}" : "none yet",
            ToneOf(state.Newest?.State)
        );
        var components = await ComponentStanding.ReadAsync(release.Git, release.Strategy, cancel);
        ShowComponents(components);
        release.Terminal.Heading("Environments");
        var local = await LocalEnvironments.ReadAsync(release.Git.GitDirectory, cancel);
        var documents = new List<JsonNode>();
        foreach (var name in release.Strategy.Environments.Select(environment => environment.Name).Union(state.Environments.Keys))
        {
            var record = state.Environments.GetValueOrDefault(name) ?? new EnvironmentRecord(name);
            var document = Show(record, await RunningAsync(name, cancel), await AdmissionAsync(record, cancel));
            if (local.FirstOrDefault(environment => environment.Name == name) is { } here)
            {
                document["instances"] = new LocalInstances(release.Terminal, release.Git.Root).Show(here);
            }

            documents.Add(document);
        }

        if (documents.Count == 0)
        {
            release.Terminal.Line("  none", Tone.Quiet);
        }

        release.Json.Say(
            new JsonObject
            {
                ["release"] = new JsonObject { ["version"] = state.Newest?.Version, ["state"] = state.Newest?.State },
                ["components"] = new JsonArray([.. components.Select(one => one.ToJson())]),
                ["environments"] = new JsonArray([.. documents]),
            }
        );
    }

    void ShowComponents(IReadOnlyList<ComponentStanding> components)
    {
        if (components.Count > 0)
        {
            release.Terminal.Heading("Components");
        }

        foreach (var component in components)
        {
            release.Terminal.Line($"  {component.Name, -14} {component.Version ?? "not released yet", -12} {component.Tag}");
        }
    }

    /// <summary>On whose approval the version that serves was let in; null where none was asked for.</summary>
    async Task<Admission?> AdmissionAsync(EnvironmentRecord record, CancellationToken cancel) =>
        record.Verified is null
            ? null
            : (await release.Ledger.ReadAsync(record.Verified, cancel))
                .Select(Admission.Of)
                .LastOrDefault(admission => admission?.Environment == record.Name);

    JsonObject Show(EnvironmentRecord record, TargetState running, Admission? admission)
    {
        var weights =
            running.Versions.Count > 0
                ? running.Versions.ToDictionary(version => version.Version, version => version.Weight)
                : record.Weights;
        var url = running.Url?.ToString() ?? record.Url;
        var traffic = string.Join(
            ", ",
            running.Versions.Select(version => $"{version.Version} {version.Weight}% ({version.Healthy}/{version.Instances} healthy)")
        );
        release.Terminal.Line(
            $"  {record.Name, -14} {record.Verified ?? "nothing deployed", -12} {record.State, -12} {url}",
            ToneOf(record.State)
        );
        if (traffic.Length > 0)
        {
            release.Terminal.Line($"  {"", -14} {traffic}", Tone.Quiet);
        }

        if (admission is not null)
        {
            release.Terminal.Line($"  {"", -14} {admission}", admission.Overridden ? Tone.Warning : Tone.Quiet);
        }

        if (record.Verified is not null && running.Versions.Count == 0 && running != TargetState.Empty)
        {
            release.Terminal.Line($"  {"", -14} nothing runs there now", Tone.Warning);
        }

        if (record.Candidate is { } candidate)
        {
            release.Terminal.Line($"  {"", -14} {candidate} is on its way", Tone.Warning);
        }

        if (record.Lease is { } lease)
        {
            release.Terminal.Line(
                $"  {"", -14} held by {lease.Owner} until {lease.Expires.ToString("u", CultureInfo.InvariantCulture)}",
                Tone.Quiet
            );
        }

        return new JsonObject
        {
            ["name"] = record.Name,
            ["version"] = record.Verified,
            ["state"] = record.State,
            ["candidate"] = record.Candidate,
            ["url"] = url,
            ["approved_by"] = new JsonArray([.. (admission?.Approvers ?? []).Select(name => (JsonNode?)name)]),
            ["overridden"] = admission?.Overridden ?? false,
            ["weights"] = new JsonObject(weights.Select(weight => KeyValuePair.Create<string, JsonNode?>(weight.Key, weight.Value))),
        };
    }

    // What cannot be reached is shown as the ledger knows it: a status is no health check.
    async Task<TargetState> RunningAsync(string name, CancellationToken cancel)
    {
        if (release.Strategy.Environments.FirstOrDefault(environment => environment.Name == name) is not { } environment)
        {
            return TargetState.Empty;
        }

        try
        {
            return await release.Parts.TargetOf(environment).Open(release.PlaceOf(environment, fence: 0)).ReadAsync(cancel);
        }
        catch (ReleaseException problem)
        {
            release.Terminal.Line($"  {name}: {problem.What}", Tone.Warning);
            return TargetState.Empty;
        }
    }

    static Tone ToneOf(string? state) =>
        state switch
        {
            "failed" or "rolled_back" => Tone.Bad,
            "paused" or "rolling_out" => Tone.Warning,
            "released" or "idle" => Tone.Good,
            _ => Tone.Plain,
        };
}
