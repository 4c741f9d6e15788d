namespace ReleaseRecipes.Strategy;

/// <summary>One environment of <c>deployment_strategy</c>: how a version gets there, who lets it, when it is taken back.</summary>
/// <param name="Name">staging, production, or any other name.</param>
public sealed record EnvironmentSettings(string Name)
{
    /// <summary>blue_green, canary, rolling, recreate, or a strategy that the build registers.</summary>
    public string Type { get; init; } = "rolling";

    /// <summary>local, kubernetes, nuget, command, or a target that the build registers.</summary>
    public string Provider { get; init; } = "local";

    /// <summary>The components that it runs; empty: whatever is released.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];
    public ApprovalSettings Approvals { get; init; } = new();

    /// <summary>The candidate's share of the traffic in percent, rising, the last one 100.</summary>
    public IReadOnlyList<int> CanaryPercentage { get; init; } = [10, 25, 50, 100];

    /// <summary>How long each move is watched.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many measurements are taken in one interval.</summary>
    public int Measurements { get; init; } = 5;

    /// <summary>The condition under which the candidate is taken back; null: only failing health checks do that.</summary>
    public string? RollbackThreshold { get; init; }

    /// <summary>Below this number of requests a measurement is inconclusive.</summary>
    public int MinRequests { get; init; } = 50;

    /// <summary>Whether a rollout without evidence is taken back (<c>rollback</c>) rather than paused (<c>pause</c>).</summary>
    public bool RollbackOnNoData { get; init; }

    /// <summary>Which moves a person lets happen by Promote: <c>traffic</c>, <c>promotion</c>.</summary>
    public IReadOnlyList<string> Confirm { get; init; } = [];

    /// <summary>Breached measurements in one watch that are let pass; the next one rolls back.</summary>
    public int FailureLimit { get; init; }

    /// <summary>Inconclusive measurements in one watch that are let pass; the next one pauses or rolls back.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>Consecutive measurements that could not be taken that are let pass.</summary>
    public int ErrorLimit { get; init; } = 4;

    /// <summary><c>threshold</c> or <c>statistical</c>.</summary>
    public string Judge { get; init; } = "threshold";

    /// <summary>A command that must succeed against the candidate before traffic moves.</summary>
    public string? SmokeTest { get; init; }

    /// <summary>How long the version before is kept running after a blue-green switch.</summary>
    public TimeSpan KeepPrevious { get; init; } = TimeSpan.Zero;

    /// <summary>How many instances serve, on the targets that do not know it themselves.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>How many instances above <see cref="Replicas"/> a rolling move may add: a number or a percentage, rounded up.</summary>
    public string MaxSurge { get; init; } = "25%";

    /// <summary>How many instances a rolling move may take away at once: a number or a percentage, rounded down.</summary>
    public string MaxUnavailable { get; init; } = "25%";

    /// <summary>How long an instance may take to become healthy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
    public MetricsSettings Metrics { get; init; } = new();
    public LocalSettings Local { get; init; } = new();
    public KubernetesSettings Kubernetes { get; init; } = new();
    public NugetSettings Nuget { get; init; } = new();
    public CommandSettings Command { get; init; } = new();
}
