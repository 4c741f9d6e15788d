using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Simulation;

/// <summary>A target in memory that keeps the contract of <see cref="ITarget"/>, and checks after every change what must never be.</summary>
public sealed class SimulatedTarget(Chaos chaos) : ITarget
{
    readonly Dictionary<string, Instances> versions = [];

    /// <summary>What must never be and was.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Every call that changed something, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Versions whose instances never become healthy.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Versions whose instances die as soon as they have traffic, and stay dead.</summary>
    public HashSet<string> DieWithTraffic { get; } = [];

    /// <summary>What is asked of the world after every change, beside the weights.</summary>
    public Action<SimulatedTarget>? AfterChange { get; set; }

    public int Healthy(string version) => versions.TryGetValue(version, out var running) ? running.Healthy : 0;

    public int Wanted(string version) => versions.TryGetValue(version, out var running) ? running.Wanted : 0;

    public int Weight(string version) => versions.TryGetValue(version, out var running) ? running.Weight : 0;

    public IReadOnlyCollection<string> Serving => [.. versions.Where(pair => pair.Value.Weight > 0).Select(pair => pair.Key)];

    /// <summary>Puts the world as it is before a test.</summary>
    public SimulatedTarget With(string version, int instances, int weight)
    {
        versions[version] = new Instances(instances, instances, weight);
        return this;
    }

    /// <summary>An instance dies by itself.</summary>
    public void Kill(string version)
    {
        if (versions.TryGetValue(version, out var running) && running.Healthy > 0)
        {
            versions[version] = running with { Healthy = running.Healthy - 1 };
        }
    }

    /// <summary>What died is restarted by the supervisor.</summary>
    public void Heal()
    {
        foreach (var (version, running) in versions.ToList())
        {
            versions[version] = running with { Healthy = Broken.Contains(version) ? 0 : running.Wanted };
        }
    }

    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        await chaos.StepAsync("read", cancel);
        return new TargetState(
            [.. versions.Select(pair => new RunningVersion(pair.Key, pair.Value.Wanted, pair.Value.Healthy, pair.Value.Weight))],
            new Uri("http://127.0.0.1:8080/")
        );
    }

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        await chaos.StepAsync("install", cancel);
        var running = versions.GetValueOrDefault(version) ?? new Instances(0, 0, 0);
        if (running.Wanted == instances && running.Healthy >= instances)
        {
            Violations.Add($"install {version} {instances} was asked for though it stood so");
        }

        var healthy =
            Broken.Contains(version) ? 0
            : chaos.Fails("install-health") ? Math.Min(running.Healthy, instances)
            : instances;
        versions[version] = new Instances(instances, healthy, running.Weight);
        Changed($"install {version} {instances}");
        await chaos.StepAsync("installed", cancel);
        if (healthy < instances)
        {
            throw new ReleaseException($"{version} did not become healthy.");
        }
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
    {
        await chaos.StepAsync("shift", cancel);
        if (weights.Count > 0 && weights.Values.Sum() != 100)
        {
            Violations.Add($"weights sum to {weights.Values.Sum()}");
        }

        foreach (var (version, weight) in weights)
        {
            if (weight > 0 && Healthy(version) == 0)
            {
                Violations.Add($"traffic was to go to {version}, which has no healthy instance");
                throw new ReleaseException($"{version} has no healthy instance.");
            }
        }

        if (versions.All(pair => pair.Value.Weight == weights.GetValueOrDefault(pair.Key)))
        {
            Violations.Add("shift was asked for though the weights stood so");
        }

        foreach (var (version, running) in versions.ToList())
        {
            var weight = weights.GetValueOrDefault(version);
            var dies = weight > 0 && DieWithTraffic.Contains(version);
            versions[version] = running with { Weight = weight, Healthy = dies ? 0 : running.Healthy };
        }

        Changed($"shift {string.Join(' ', weights.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"))}");
        await chaos.StepAsync("shifted", cancel);
    }

    public async Task RetireAsync(string version, CancellationToken cancel)
    {
        await chaos.StepAsync("retire", cancel);
        if (Weight(version) > 0)
        {
            Violations.Add($"{version} was retired with traffic");
            throw new ReleaseException($"{version} still has traffic.");
        }

        if (!versions.Remove(version))
        {
            Violations.Add($"{version} was retired though it did not run");
        }

        Changed($"retire {version}");
        await chaos.StepAsync("retired", cancel);
    }

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) =>
        Task.FromResult<Uri?>(Healthy(version) > 0 ? new Uri("http://127.0.0.1:9090/") : null);

    void Changed(string what)
    {
        Changes.Add(what);
        AfterChange?.Invoke(this);
    }

    sealed record Instances(int Wanted, int Healthy, int Weight);
}
