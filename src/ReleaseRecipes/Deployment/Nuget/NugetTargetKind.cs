using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>Provider <c>nuget</c>: an environment is a feed, a promotion a push, a rollback an unlisting.</summary>
public sealed class NugetTargetKind : ITargetKind
{
    public string Name => "nuget";

    public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel)
    {
        var (environment, missing) = (place.Environment, new List<string>());
        if (string.IsNullOrWhiteSpace(environment.Nuget.Source))
        {
            missing.Add($"nuget.source of {environment.Name} is not set: name a folder or the address of a v3 feed");
        }

        if (environment.Nuget.ApiKeyEnv is { } name && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        {
            missing.Add($"{name} is not set: it has to hold the API key of the feed of {environment.Name}");
        }

        if (environment.Type == "canary" || (environment.Type == "rolling" && environment.Replicas > 1))
        {
            missing.Add($"{environment.Name} is a feed, which cannot split its traffic: use type: blue_green");
        }

        return Task.FromResult<IReadOnlyList<string>>(missing);
    }

    public ITarget Open(TargetPlace place) => new NugetTarget(place, Feed(place, place.Environment.Nuget));

    static INugetFeed Feed(TargetPlace place, NugetSettings settings) =>
        Uri.TryCreate(settings.Source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new HttpFeed(address, settings.ApiKeyEnv is { } name ? Environment.GetEnvironmentVariable(name) : null)
            : new FolderFeed(Path.GetFullPath(settings.Source ?? "", place.Root));
}
