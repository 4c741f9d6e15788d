using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Provider <c>kubernetes</c>: one or more Deployments, moved side by side, in one or more clusters, moved in waves. Each move goes through the
/// clusters wave by wave, a wave begins when the one before is done, and the first failure stops the rest.
/// </summary>
/// <param name="clusters">The workloads of each cluster.</param>
/// <param name="atOnce">How many clusters make a wave.</param>
/// <param name="url">Where users reach the environment.</param>
/// <param name="preview">Where the candidate alone is reached.</param>
/// <param name="leaseDuration">How long another writer waits for this one when it does not answer any more.</param>
sealed class KubernetesTarget(IReadOnlyList<KubernetesCluster> clusters, int atOnce, Uri? url, Uri? preview, TimeSpan leaseDuration)
    : ITarget
{
    IProgress<string> progress = Quiet.Instance;

    public async Task<PlaceHold> HoldAsync(LeaseOwner? owner, IProgress<string> progress, CancellationToken cancel)
    {
        this.progress = progress;
        return owner is null ? PlaceHold.OfNothing() : await new KubernetesHold(Leases(owner)).TakeAsync(progress, cancel);
    }

    public async Task<TargetState> ReadAsync(CancellationToken cancel)
    {
        var all = await Task.WhenAll(clusters.SelectMany(cluster => cluster.Workloads).Select(workload => workload.ReadAsync(cancel)));
        var versions = all.SelectMany(running => running).Select(running => running.Version).Distinct();
        return new TargetState([.. versions.Select(version => Whole(version, all))], url);
    }

    public Task InstallAsync(string version, Candidate? artifacts, int instances, IProgress<string> progress, CancellationToken cancel) =>
        InWavesAsync((workload, words) => workload.InstallAsync(version, artifacts, instances, words, cancel), progress);

    public Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel) =>
        InWavesAsync((workload, words) => workload.ShiftAsync(weights, words, cancel), progress);

    public Task RetireAsync(string version, CancellationToken cancel) =>
        InWavesAsync((workload, words) => workload.RetireAsync(version, words, cancel), progress);

    public Task<Uri?> PreviewAsync(string version, CancellationToken cancel) => Task.FromResult(preview);

    async Task InWavesAsync(Func<KubernetesWorkload, IProgress<string>, Task> move, IProgress<string> progress)
    {
        foreach (var wave in clusters.Chunk(Math.Max(1, atOnce)))
        {
            await Task.WhenAll(
                wave.SelectMany(cluster => cluster.Workloads.Select(workload => move(workload, Told(cluster, progress)))).ToList()
            );
        }
    }

    IEnumerable<KubernetesLease> Leases(LeaseOwner owner) =>
        clusters.SelectMany(cluster =>
            cluster
                .Deployments.Order(StringComparer.Ordinal)
                .Select(deployment => new KubernetesLease(cluster.Api, deployment, owner, leaseDuration))
        );

    /// <summary>Of several clusters it is said which one.</summary>
    IProgress<string> Told(KubernetesCluster cluster, IProgress<string> progress) =>
        clusters.Count == 1 ? progress : new Prefixed(cluster.Api.Context ?? "", progress);

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

    sealed class Prefixed(string cluster, IProgress<string> progress) : IProgress<string>
    {
        public void Report(string value) => progress.Report($"{cluster}: {value}");
    }
}

/// <summary>What is moved in one cluster.</summary>
sealed record KubernetesCluster(KubernetesApi Api, IReadOnlyList<string> Deployments, IReadOnlyList<KubernetesWorkload> Workloads);
