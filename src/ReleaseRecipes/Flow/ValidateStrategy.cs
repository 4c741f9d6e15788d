using System.Text.Json.Nodes;
using ReleaseRecipes.Gates;
using ReleaseRecipes.Output;

namespace ReleaseRecipes.Flow;

/// <summary>Checks the strategy file. Every problem of the file itself has stopped the run before this; what is left is what it lacks.</summary>
public sealed class ValidateStrategy(ReleaseSession release)
{
    /// <summary>Says that the file is valid, and stops where it names environments but not what to deploy there.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var strategy = release.Strategy;
        release.Terminal.Heading(
            strategy.Path is null ? "There is no strategy file: the defaults are in force" : $"{strategy.Path} is valid"
        );
        release.Terminal.Fact(
            "versions",
            $"{strategy.Versioning.Scheme.ToString().ToLowerInvariant()}, tags {strategy.Versioning.TagPrefix}…"
        );
        release.Terminal.Fact(
            "gates",
            strategy.QualityGates.Count == 0 ? "none" : string.Join(", ", strategy.QualityGates.Select(gate => gate.Name))
        );
        release.Terminal.Fact(
            "environments",
            strategy.Environments.Count == 0 ? "none" : string.Join(", ", strategy.Environments.Select(environment => environment.Name))
        );
        var gates = GatePlan.For(strategy.QualityGates, release.Git.Root, release.Parts.Gates);
        var missing = await new Missing(release).OfTheStrategyAsync(gates, cancel);
        release.Json.Say(
            new JsonObject { ["valid"] = missing.Count == 0, ["missing"] = new JsonArray([.. missing.Select(item => (JsonNode?)item)]) }
        );
        if (missing.Count > 0)
        {
            throw new ReleaseException(
                "The strategy does not say all that a release needs.",
                string.Join('\n', missing),
                exitCode: ExitCodes.WrongInput
            );
        }

        release.Terminal.Next("To see what a release would do", release.Options.CommandFor("Plan"));
    }
}
