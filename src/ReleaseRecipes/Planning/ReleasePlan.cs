using System.Text.Json.Nodes;
using ReleaseRecipes.Approvals;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Planning;

/// <summary>What a release will do, decided before anything is done. Approvals are bound to its hash: whoever changes the plan asks again.</summary>
/// <param name="Version">The release's version.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Commit">The commit that is released, full hash.</param>
/// <param name="Strategy">The hash of the strategy file.</param>
/// <param name="Environments">The environments in their order.</param>
public sealed record ReleasePlan(string Version, string Tag, string Commit, string Strategy, IReadOnlyList<PlannedEnvironment> Environments)
{
    /// <summary>Plans a release for environments that stand where the ledger says.</summary>
    public static ReleasePlan Of(ReleaseStrategy strategy, ReleaseParts parts, VersionDecision decision, LedgerState state)
    {
        var version = decision.Version;
        var candidate = new Candidate(version, decision.Tag, decision.Commit, "");
        var concerned = EnvironmentOrder.Of(strategy.Environments).Where(environment => Concerns(environment, decision));
        return new ReleasePlan(version, decision.Tag, decision.Commit, strategy.Hash, [.. concerned.Select(Planned)]);

        PlannedEnvironment Planned(EnvironmentSettings environment)
        {
            var stable = state.Environments.GetValueOrDefault(environment.Name)?.Verified;
            // A release on its way is planned against the version that it replaces, however far it has come.
            stable = stable == version ? state.Environments[environment.Name].Earlier.FirstOrDefault() : stable;
            return new PlannedEnvironment(
                environment,
                parts.StrategyOf(environment).Plan(new Rollout(environment, strategy.Application, candidate, stable))
            );
        }
    }

    /// <summary>Whether a release goes to an environment: it does unless the environment runs other components only.</summary>
    public static bool Concerns(EnvironmentSettings environment, VersionDecision decision) =>
        environment.Components.Count == 0
        || decision.Components.Any(one => !one.Decision.Nothing && environment.Components.Contains(one.Name));

    /// <summary>SHA-256 over the plan's canonical JSON, lower-case hex. Which version an environment has today is no part of it.</summary>
    public string Hash =>
        PlanHash.Of(
            new JsonObject
            {
                ["version"] = Version,
                ["tag"] = Tag,
                ["commit"] = Commit,
                ["strategy"] = Strategy,
                ["environments"] = new JsonArray([.. Environments.Select(environment => (JsonNode)environment.Identity())]),
            }
        );
}

/// <summary>One environment's part in a plan.</summary>
/// <param name="Settings">The environment.</param>
/// <param name="Moves">What the rollout will do there.</param>
public sealed record PlannedEnvironment(EnvironmentSettings Settings, IReadOnlyList<Move> Moves)
{
    /// <summary>What of it an approval stands for.</summary>
    public JsonObject Identity() =>
        new()
        {
            ["name"] = Settings.Name,
            ["type"] = Settings.Type,
            ["provider"] = Settings.Provider,
            ["rollback_threshold"] = Settings.RollbackThreshold,
        };
}
