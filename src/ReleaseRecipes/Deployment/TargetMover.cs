namespace ReleaseRecipes.Deployment;

/// <summary>Brings a target from wherever it stands to where it is to stand: what must grow grows first, then traffic moves, then the rest shrinks.</summary>
sealed class TargetMover(ITarget target, IProgress<string> progress)
{
    /// <summary>Where the target tells what it waits for.</summary>
    public IProgress<string> Progress => progress;

    /// <summary>Whether it stands so already.</summary>
    public static bool Stands(TargetState state, Rollout rollout, Standing standing) =>
        Runs(state, rollout.Candidate.Version, standing.Candidate)
        && (rollout.Stable is null || Runs(state, rollout.Stable, standing.Stable))
        && SameWeights(state, standing.Weights);

    /// <summary>Does what is missing, and only that.</summary>
    public async Task BringToAsync(Rollout rollout, Standing standing, CancellationToken cancel)
    {
        var state = await target.ReadAsync(cancel);
        var versions = new List<(string Version, Candidate? Artifacts, int Wanted)>();
        if (rollout.Stable is { } stable)
        {
            versions.Add((stable, null, standing.Stable));
        }

        versions.Add((rollout.Candidate.Version, rollout.Candidate, standing.Candidate));
        foreach (var (version, artifacts, wanted) in versions)
        {
            if (state.Of(version).Healthy < wanted)
            {
                await target.InstallAsync(version, artifacts, wanted, progress, cancel);
            }
        }

        if (!SameWeights(state, standing.Weights))
        {
            await target.ShiftAsync(standing.Weights!, cancel);
        }

        foreach (var (version, artifacts, wanted) in versions)
        {
            await ShrinkAsync(state.Of(version), artifacts, wanted, cancel);
        }
    }

    /// <summary>What is neither of the two versions and has no traffic: left over from rollouts that were given up.</summary>
    public static IReadOnlyList<string> Strays(TargetState state, Rollout rollout) =>
        [
            .. state
                .Versions.Where(running => running is { Weight: 0, Instances: > 0 })
                .Select(running => running.Version)
                .Where(version => version != rollout.Candidate.Version && version != rollout.Stable),
        ];

    async Task ShrinkAsync(RunningVersion running, Candidate? artifacts, int wanted, CancellationToken cancel)
    {
        if (running.Instances > 0 && wanted == 0)
        {
            await target.RetireAsync(running.Version, cancel);
        }
        else if (running.Instances > wanted && running.Healthy >= wanted)
        {
            await target.InstallAsync(running.Version, artifacts, wanted, progress, cancel);
        }
    }

    static bool Runs(TargetState state, string version, int wanted) =>
        state.Of(version) is var running && running.Instances == wanted && running.Healthy >= wanted;

    static bool SameWeights(TargetState state, IReadOnlyDictionary<string, int>? weights) =>
        weights is null
        || (
            state.Versions.All(running => running.Weight == weights.GetValueOrDefault(running.Version))
            && weights.All(weight => state.Of(weight.Key).Weight == weight.Value)
        );
}
