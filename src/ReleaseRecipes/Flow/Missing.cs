using ReleaseRecipes.Gates;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Flow;

/// <summary>What stands between the plan and its release: each with what to do about it. Looks, never changes.</summary>
public sealed class Missing(ReleaseSession release)
{
    /// <summary>What the strategy, the places and the work tree lack.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(GatePlan gates, CancellationToken cancel)
    {
        var missing = new List<string>(await OfTheStrategyAsync(gates, cancel));
        missing.AddRange(release.SilentChannels.Select(gap => $"{gap.Path}: {gap.What}. {gap.Todo}"));
        var changed = await new CleanTree(release).ChangedAsync();
        if (changed.Count > 0 && !release.Options.AllowDirty)
        {
            missing.Add($"{changed.Count} uncommitted change{(changed.Count == 1 ? "" : "s")}: commit or stash before the release.");
        }

        return missing;
    }

    /// <summary>What the strategy file and the places it names lack.</summary>
    public async Task<IReadOnlyList<string>> OfTheStrategyAsync(GatePlan gates, CancellationToken cancel)
    {
        var missing = gates
            .Gates.Where(gate => gate.Required && gate.Command is null && gate.Custom is null)
            .Select(gate => $"{gate.Name}: {gate.Why}. {gate.Advice}".Trim())
            .ToList();
        missing.AddRange(StrategyFile.WhatIsMissing(release.Strategy).Select(item => $"{item.What}. {item.Todo}"));
        foreach (var environment in release.Strategy.Environments)
        {
            missing.AddRange(await (await release.RulesAsync(cancel)).GapAsync(environment) is { } gap ? [gap] : []);
            // What the file does not say, its place would only say again.
            var isSaid = StrategyFile.WhatIsMissing(release.Strategy with { Environments = [environment] }).Count == 0;
            missing.AddRange(isSaid ? await OfThePlaceAsync(environment, cancel) : []);
        }

        return missing;
    }

    /// <summary>Stops unless an environment has all that a deployment needs.</summary>
    public async Task DemandAsync(EnvironmentSettings environment, CancellationToken cancel)
    {
        var here = $"deployment_strategy.{environment.Name}";
        var gaps = StrategyFile
            .WhatIsMissing(release.Strategy with { Environments = [environment] })
            .Select(gap => $"{gap.Path}: {gap.What}. {gap.Todo}")
            .Concat(await OfThePlaceAsync(environment, cancel))
            .ToList();
        if (gaps.Count > 0)
        {
            throw new ReleaseException(
                $"{environment.Name} cannot be deployed to.",
                string.Join('\n', gaps),
                $"Add what is missing to {here}.",
                ExitCodes.WrongInput
            );
        }
    }

    /// <summary>What one environment lacks.</summary>
    public async Task<IReadOnlyList<string>> OfThePlaceAsync(EnvironmentSettings environment, CancellationToken cancel)
    {
        var place = release.PlaceOf(environment, fence: 0);
        return [.. (await release.Parts.TargetOf(environment).MissingAsync(place, cancel)).Select(item => $"{environment.Name}: {item}")];
    }
}
