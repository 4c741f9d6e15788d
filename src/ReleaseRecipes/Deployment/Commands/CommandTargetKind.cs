namespace ReleaseRecipes.Deployment;

/// <summary>Provider <c>command</c>: hooks of the user's own.</summary>
public sealed class CommandTargetKind : ITargetKind
{
    public string Name => "command";

    public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel)
    {
        var (environment, missing) = (place.Environment, new List<string>());
        if (string.IsNullOrWhiteSpace(environment.Command.Deploy))
        {
            missing.Add($"command.deploy of {environment.Name} is not set: name the command that deploys RELEASE_VERSION");
        }

        if (
            environment.Command.Shift is null
            && (environment.Type == "canary" || (environment.Type == "rolling" && environment.Replicas > 1))
        )
        {
            missing.Add(
                $"command.shift of {environment.Name} is not set: {environment.Type} needs a command that splits the traffic as RELEASE_WEIGHTS says"
            );
        }

        if (environment.Command.Shift is null && environment.SmokeTest is not null)
        {
            missing.Add(
                $"smoke_test of {environment.Name} would run before anything is deployed: set command.shift, or test in command.deploy"
            );
        }

        return Task.FromResult<IReadOnlyList<string>>(missing);
    }

    public ITarget Open(TargetPlace place) => new CommandTarget(place);
}
