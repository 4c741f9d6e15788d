namespace ReleaseRecipes.Strategy;

/// <summary>What an environment lacks to be deployed to.</summary>
/// <param name="Path">The key that is missing, from the top.</param>
/// <param name="What">What cannot be done without it.</param>
/// <param name="Todo">What to write.</param>
public sealed record StrategyGap(string Path, string What, string Todo)
{
    /// <summary>The gaps of one environment.</summary>
    internal static IEnumerable<StrategyGap> Of(EnvironmentSettings environment, ApplicationSettings application)
    {
        var here = $"release_strategy.deployment_strategy.{environment.Name}";
        var what = $"{environment.Name} cannot be deployed to";
        return environment.Provider switch
        {
            "local" when application.Start is null =>
            [
                new(
                    "release_strategy.application.start",
                    $"{what}: nothing says how the application is started",
                    "Write application: { start: \"…\" } with the command that starts one instance on {port}."
                ),
            ],
            "kubernetes" when application.Image is null =>
            [
                new(
                    "release_strategy.application.image",
                    $"{what}: nothing names the container image",
                    "Write application: { image: registry.example.com/app }."
                ),
            ],
            "nuget" when environment.Nuget.Source is null =>
            [
                new($"{here}.nuget.source", $"{what}: nothing names the feed", "Write nuget: { source: FOLDER-OR-ADDRESS } there."),
            ],
            "command" when environment.Command.Deploy is null =>
            [
                new($"{here}.command.deploy", $"{what}: nothing says how", "Write command: { deploy: \"…\" } there."),
            ],
            _ => [],
        };
    }
}
