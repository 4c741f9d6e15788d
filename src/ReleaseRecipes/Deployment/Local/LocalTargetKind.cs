namespace ReleaseRecipes.Deployment.Local;

/// <summary>Provider <c>local</c>: the application as processes of this machine behind a gateway on the loopback.</summary>
public sealed class LocalTargetKind : ITargetKind
{
    public string Name => "local";

    public Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel)
    {
        var missing = new List<string>();
        if (string.IsNullOrWhiteSpace(place.Application.Start))
        {
            missing.Add("application.start is not set: name the command that starts one instance, with {port} where its port goes");
        }

        if (place.Environment.Local.Port is < 1 or > 65535)
        {
            missing.Add($"local.port of {place.Environment.Name} is no port: choose one between 1024 and 65535, or leave it out");
        }

        if (GatewayProgram.Find() is null)
        {
            missing.Add("the gateway's program ReleaseRecipes.Local.dll is not beside the recipe: build again, or reinstall the package");
        }

        return Task.FromResult<IReadOnlyList<string>>(missing);
    }

    public ITarget Open(TargetPlace place) => new LocalTarget(place);
}

/// <summary>Metrics provider <c>local</c>: what the gateway measured of the requests that it passed on.</summary>
public sealed class LocalMetricSourceKind : IMetricSourceKind
{
    public string Name => "local";

    public IMetricSource Open(TargetPlace place, ITarget target) => target as LocalTarget ?? new LocalTarget(place);
}
