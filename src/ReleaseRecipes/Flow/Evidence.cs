using ReleaseRecipes.Gates;
using ReleaseRecipes.Planning;

namespace ReleaseRecipes.Flow;

/// <summary>Whether the steps before left the evidence that a step stands on. A step alone, or after a crash, finds it in the ledger or stops.</summary>
public sealed class Evidence(ReleaseSession release)
{
    /// <summary>Stops unless every required gate passed for this very commit and plan.</summary>
    public async Task DemandGatesAsync(CancellationToken cancel)
    {
        var progress = await PlannedAsync(cancel);
        var open = release
            .Strategy.QualityGates.Where(gate => gate.Required && !release.Strategy.DisabledSteps.Contains("Gates"))
            .Where(gate =>
                !progress.Gates.TryGetValue(gate.Name, out var record)
                || GateVerdicts.Read(record["verdict"]?.GetValue<string>()) != GateVerdict.Passed
            )
            .Select(gate => gate.Name)
            .ToList();
        if (open.Count > 0)
        {
            throw Missing(
                $"There is no evidence that these gates passed for {release.Version.Version}: {string.Join(", ", open)}.",
                "Gates"
            );
        }
    }

    /// <summary>Stops unless the release is tagged; finds the tagged commit.</summary>
    public async Task DemandTagAsync(CancellationToken cancel)
    {
        var progress = await PlannedAsync(cancel);
        if (progress.TaggedCommit is null)
        {
            throw Missing($"{release.Version.Version} is not tagged.", "Tag");
        }
    }

    async Task<ReleaseProgress> PlannedAsync(CancellationToken cancel)
    {
        var progress = ReleaseProgress.Of(await release.Ledger.ReadAsync(release.Version.Version, cancel));
        return progress.IsOf(release.Plan)
            ? progress
            : throw Missing($"{release.Version.Version} was not planned for this commit and this strategy.", "Gates");
    }

    ReleaseException Missing(string what, string step) => new(what, todo: $"Run {release.Options.CommandFor(step)}.");
}
