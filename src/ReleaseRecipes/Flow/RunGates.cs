using System.Text.Json.Nodes;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Notifications;
using ReleaseRecipes.Output;
using ReleaseRecipes.Planning;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Flow;

/// <summary>Runs the gates that have no evidence yet for this commit, and writes what they found into the ledger.</summary>
public sealed class RunGates(ReleaseSession release)
{
    /// <summary>Sets the gates' report, or stops the release with every reason.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await new Preparation(release).DoneAsync(cancel))
        {
            return;
        }

        var progress = await new BeginRelease(release).RunAsync(cancel);
        release.Terminal.Heading("Gates");
        if (release.Strategy.DisabledSteps.Contains("Gates") || release.Strategy.QualityGates.Count == 0)
        {
            release.Terminal.Line("  none", Tone.Quiet);
            release.Gates = new GateReport([]);
            await RecordNoneAsync(cancel);
            return;
        }

        release.Gates = await EvaluateAsync(progress, cancel);
        GateExports.Write(release.Gates, LogFolder);
        release.Terminal.Command(GateExports.Announcement(LogFolder));
        release.Json.Say(release.Gates.ToJson());
        if (release.Gates.Failure() is { } failure)
        {
            await FailAsync(failure, cancel);
        }
    }

    async Task<GateReport> EvaluateAsync(ReleaseProgress progress, CancellationToken cancel)
    {
        var clean = (await new CleanTree(release).ChangedAsync()).Count == 0;
        var plan = Planned();
        var known = plan.Gates.Select(gate => Known(gate, progress, clean)).OfType<GateResult>().ToDictionary(result => result.Name);
        foreach (var result in known.Values)
        {
            release.Terminal.Line($"  {result.Name}: passed before on this commit", Tone.Good);
        }

        var run = new GateRun(release.Git.Root, LogFolder, release.Terminal, release.Secrets, release.Clock);
        var rest = new GatePlan([.. plan.Gates.Where(gate => !known.ContainsKey(gate.Name))]);
        var fresh = await run.RunAsync(rest, await BaselinesAsync(cancel), release.Strategy.ParallelGates, cancel);
        foreach (var result in fresh.Gates)
        {
            var fact = result.ToJson();
            fact["fingerprint"] = plan.Gates.First(gate => gate.Name == result.Name).Fingerprint(release.Version.Commit, clean);
            await release.RecordAsync(new NewEvent(release.Version.Version, EventKinds.Gate, fact), cancel);
        }

        return new GateReport([
            .. plan.Gates.Select(gate => known.GetValueOrDefault(gate.Name) ?? fresh.Gates.First(result => result.Name == gate.Name)),
        ]);
    }

    GatePlan Planned()
    {
        var all = GatePlan.For(release.Strategy.QualityGates, release.Git.Root, release.Parts.Gates);
        return release.Options.Gate is not { } name ? all
            : all.Gates.Any(gate => gate.Name == name) ? new GatePlan([.. all.Gates.Where(gate => gate.Name == name)])
            : throw new ReleaseException(
                $"There is no gate '{name}'.",
                todo: $"{Suggestion.For(name, all.Gates.Select(gate => gate.Name))}Known: {string.Join(", ", all.Gates.Select(gate => gate.Name))}.",
                exitCode: ExitCodes.WrongInput
            );
    }

    // Only a pass is taken again, and only for the same command on the same clean commit.
    GateResult? Known(PlannedGate gate, ReleaseProgress progress, bool clean) =>
        progress.Gates.TryGetValue(gate.Name, out var record)
        && gate.Fingerprint(release.Version.Commit, clean) is { } fingerprint
        && record["fingerprint"]?.GetValue<string>() == fingerprint
        && GateResult.FromJson(record) is { Verdict: GateVerdict.Passed } passed
            ? passed
            : null;

    async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Quantity>>> BaselinesAsync(CancellationToken cancel)
    {
        var last = (await release.Ledger.HeadAsync(cancel)).State.LastReleased;
        return last is null
            ? new Dictionary<string, IReadOnlyDictionary<string, Quantity>>()
            : ReleaseProgress
                .Of(await release.Ledger.ReadAsync(last.Version, cancel))
                .Gates.ToDictionary(gate => gate.Key, gate => GateResult.FromJson(gate.Value).Metrics);
    }

    async Task RecordNoneAsync(CancellationToken cancel) =>
        await release.RecordAsync(
            new NewEvent(
                release.Version.Version,
                EventKinds.Step,
                new JsonObject { ["step"] = "Gates", ["result"] = release.Strategy.QualityGates.Count == 0 ? "nothing" : "off" }
            ),
            cancel
        );

    async Task FailAsync(ReleaseException failure, CancellationToken cancel)
    {
        await release.RecordAsync(
            new NewEvent(release.Version.Version, EventKinds.Failed, new JsonObject { ["step"] = "Gates", ["problem"] = failure.Where }),
            cancel
        );
        await new News(release).TellAsync(Moment.GatesFailed, cancel, reason: failure.Where);
        throw failure;
    }

    string LogFolder => Path.Combine(release.Git.GitDirectory, "release-recipes", "logs", "gates");
}
