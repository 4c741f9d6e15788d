namespace ReleaseRecipes.Deployment;

/// <summary>
/// Provider <c>kubernetes</c>: one or more Deployments, moved side by side, in one or more clusters, moved in waves. A wave begins when the one
/// before is done; the first failure stops the rest.
/// </summary>
/// <param name="clusters">The workloads of each cluster.</param>
/// <param name="atOnce">How many clusters make a wave.</param>
/// <param name="url">Where users reach the environment.</param>
/// <param name="preview">Where the candidate alone is reached.</param>
sealed class KubernetesTarget(IReadOnlyList<IReadOnlyList<KubernetesWorkload>> clusters, int atOnce, Uri? url, Uri? preview) : ITarget
{
    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        var all = await Task.WhenAll(clusters.SelectMany(workloads => workloads).Select(workload => workload.ReadAsync(cancel)));
        var versions = all.SelectMany(running => running).Select(running => running.Version).Distinct();
        return new TargetState([.. versions.Select(version => Whole(version, all))], url);
    }

    public Task InstallAsync(string version, Candidate? artifacts, int instances, IProgress<string> progress, CancellationToken cancel) =>
        InWavesAsync(workload => workload.InstallAsync(version, artifacts, instances, progress, cancel));

    public Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel) =>
        InWavesAsync(workload => workload.ShiftAsync(weights, Quiet.Instance, cancel));

    public Task RetireAsync(string version, CancellationToken cancel) =>
        InWavesAsync(workload => workload.RetireAsync(version, Quiet.Instance, cancel));

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult(preview);

    async Task InWavesAsync(Func<KubernetesWorkload, Task> move)
    {
        foreach (var wave in clusters.Chunk(Math.Max(1, atOnce)))
        {
            await Task.WhenAll(wave.SelectMany(workloads => workloads).Select(move));
        }
    }

    /// <summary>A version is as healthy as it is where it is worst; where workloads differ, what was shifted last is not done everywhere.</summary>
    static RunningVersion Whole(string version, IReadOnlyList<RunningVersion>[] all)
    {
        var parts = all.Select(running => running.FirstOrDefault(part => part.Version == version) ?? new RunningVersion(version, 0, 0, 0))
            .ToList();
        return new RunningVersion(
            version,
            parts.Max(part => part.Instances),
            parts.Min(part => part.Healthy),
            parts.Select(part => part.Weight).Distinct().Count() == 1 ? parts[0].Weight : (int)parts.Average(part => part.Weight)
        );
    }

    sealed class Quiet : IProgress<string>
    {
        public static readonly Quiet Instance = new();

        public void Report(string value) { }
    }
}
