namespace ReleaseRecipes.Strategy;

/// <summary>Provider local.</summary>
public sealed record LocalSettings
{
    /// <summary>Where the gateway listens on 127.0.0.1; a free port, kept for the environment, where null.</summary>
    public int? Port { get; init; }
}

/// <summary>Provider kubernetes.</summary>
public sealed record KubernetesSettings
{
    /// <summary>The kubeconfig context; kubectl's current one where null.</summary>
    public string? Context { get; init; }
    public string Namespace { get; init; } = "default";

    /// <summary>app-{environment} where null.</summary>
    public string? Deployment { get; init; }

    /// <summary>Deployments that are moved side by side, where there is more than one.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];
    public string Container { get; init; } = "app";

    /// <summary>The Deployment's name where null.</summary>
    public string? Service { get; init; }

    /// <summary>replicas, gateway_api, istio or nginx.</summary>
    public string Traffic { get; init; } = "replicas";

    /// <summary>The HTTPRoute, VirtualService or Ingress; the Service's name where null.</summary>
    public string? Route { get; init; }

    /// <summary>Contexts to deploy to in waves; <see cref="Context"/> alone where empty.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];
    public int MaxParallel { get; init; } = 1;
}

/// <summary>Provider nuget: an environment is a feed.</summary>
public sealed record NugetSettings
{
    /// <summary>A folder or the address of a v3 feed.</summary>
    public string? Source { get; init; }

    /// <summary>Globs of the packages to push; the application's artefacts where empty.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The environment variable that holds the feed's API key.</summary>
    public string? ApiKeyEnv { get; init; }
}

/// <summary>Provider command: hooks of the user's own, run by the shell with RELEASE_* variables set.</summary>
public sealed record CommandSettings
{
    public string? Deploy { get; init; }
    public string? Shift { get; init; }
    public string? Rollback { get; init; }

    /// <summary>Prints the version that serves; without it a crash in the middle cannot be settled by looking.</summary>
    public string? Status { get; init; }
}
