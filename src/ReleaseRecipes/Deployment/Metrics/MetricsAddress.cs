using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>Where metrics are asked for, and with which token.</summary>
static class MetricsAddress
{
    /// <exception cref="ReleaseException">There is no address, or it is none of HTTP.</exception>
    public static Uri Of(TargetPlace place, string example) =>
        Uri.TryCreate(place.Environment.Metrics.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ReleaseException(
                $"The metrics of {place.Environment.Name} have no address that can be asked.",
                $"release_strategy.deployment_strategy.{place.Environment.Name}.metrics.url",
                $"Write the server's address, such as {example}.",
                ExitCodes.WrongInput
            );

    /// <summary>Null where the server wants none.</summary>
    /// <exception cref="ReleaseException">The variable is not set.</exception>
    public static string? Token(MetricsSettings settings) =>
        settings.TokenEnv is not { } name ? null
        : System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } token ? token
        : throw new ReleaseException($"The metrics need a token, and {name} is not set.", todo: $"Set {name}.");
}
