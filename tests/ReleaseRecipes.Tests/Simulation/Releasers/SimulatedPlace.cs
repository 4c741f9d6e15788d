using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Simulation.Releasers;

/// <summary>What runs in an environment, changed only by the newest lease, and checked after every change.</summary>
public sealed class SimulatedPlace(ReleaseWorld world, string name)
{
    readonly SortedDictionary<string, (int Instances, int Weight)> versions = new(StringComparer.Ordinal);
    readonly List<SimulatedProcess> changers = [];
    long newest;

    public TargetState State =>
        new(
            [.. versions.Select(pair => new RunningVersion(pair.Key, pair.Value.Instances, pair.Value.Instances, pair.Value.Weight))],
            new Uri($"http://{name}/")
        );

    public void Install(SimulatedProcess process, long fence, string version, int instances)
    {
        Admit(process, fence);
        versions[version] = (instances, versions.GetValueOrDefault(version).Weight);
    }

    public void Shift(SimulatedProcess process, long fence, IReadOnlyDictionary<string, int> weights)
    {
        Admit(process, fence);
        ReleaseWorld.Must(weights.Count == 0 || weights.Values.Sum() == 100, $"the weights in {name} sum to 100");
        if (weights.Any(weight => weight.Value > 0 && versions.GetValueOrDefault(weight.Key).Instances == 0))
        {
            throw new ReleaseException("A version without a healthy instance gets no traffic.");
        }

        foreach (var (version, running) in versions.ToList())
        {
            versions[version] = running with { Weight = weights.GetValueOrDefault(version) };
        }
    }

    public void Retire(SimulatedProcess process, long fence, string version)
    {
        Admit(process, fence);
        if (versions.GetValueOrDefault(version).Weight > 0)
        {
            throw new ReleaseException($"{version} still has traffic.");
        }

        var verified = world.State.Environments.GetValueOrDefault(name)?.Verified;
        ReleaseWorld.Must(version != verified, $"{version} in {name} is stopped only when another version is verified");
        versions.Remove(version);
    }

    /// <summary>The instances of one of the versions are gone.</summary>
    public void LoseOne(Random dice)
    {
        if (versions.Count > 0)
        {
            world.PlacesFailed = true;
            var (version, running) = versions.ElementAt(dice.Next(versions.Count));
            versions[version] = running with { Instances = 0 };
        }
    }

    /// <summary>A lease that was superseded changes nothing any more.</summary>
    void Admit(SimulatedProcess process, long fence)
    {
        if (fence < newest)
        {
            throw new ReleaseException($"{name} has seen a newer lease than {fence}.");
        }

        newest = fence;
        ReleaseWorld.Must(
            changers.Count == 0 || changers[^1] == process || !changers.Contains(process),
            $"{process.Name} changes nothing in {name} after its successor"
        );
        changers.Add(process);
    }
}

/// <summary>An environment as one process reaches it, under the lease that it holds.</summary>
sealed class SharedTarget(ReleaseWorld world, SimulatedProcess process, SimulatedPlace at, long fence) : ITarget
{
    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        await world.Scheduler.TurnAsync(process);
        process.SawPlace = !world.Fails(2);
        return process.SawPlace ? at.State : throw new ReleaseException("The place does not answer.");
    }

    public Task InstallAsync(string version, Candidate? artifacts, int instances, IProgress<string> progress, CancellationToken cancel) =>
        AskAsync(() => at.Install(process, fence, version, instances));

    public Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel) =>
        AskAsync(() => at.Shift(process, fence, weights));

    public Task RetireAsync(string version, CancellationToken cancel) => AskAsync(() => at.Retire(process, fence, version));

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult<Uri?>(null);

    Task<bool> AskAsync(Action change) =>
        world.RequestAsync(
            process,
            () =>
            {
                change();
                return true;
            },
            () =>
            {
                world.PlacesFailed = true;
                throw new ReleaseException("No answer of the place in time.");
            },
            percent: 2
        );
}
