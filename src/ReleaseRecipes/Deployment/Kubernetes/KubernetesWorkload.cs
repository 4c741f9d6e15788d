using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// One workload as a target. The main Deployment always runs the verified version; a candidate runs in a second Deployment beside it until it is
/// promoted, and then the main one takes its image over while the second one serves.
/// </summary>
sealed class KubernetesWorkload(KubernetesObjects objects, ApplicationSettings application, ITraffic traffic)
{
    readonly TakeOver takeOver = new(objects, traffic);

    KubernetesApi Api => objects.Api;

    KubernetesNames Names => objects.Names;

    public async Task<IReadOnlyList<RunningVersion>> ReadAsync(CancellationToken cancel) =>
        await RunningAsync(await StateAsync(cancel), cancel);

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var state = await StateAsync(cancel);
        if (state.Marks.Replaces is { } before && before != version)
        {
            await takeOver.GoAsync(state, progress, cancel);
            state = await StateAsync(cancel);
        }

        var isMain = state.MainVersion == version || state.Main.Replicas == 0;
        await (
            isMain
                ? InstallMainAsync(state, version, ImageOf(state, version, artifacts), instances, progress, cancel)
                : InstallCandidateAsync(state, version, artifacts, instances, progress, cancel)
        );
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, IProgress<string> progress, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var running = await RunningAsync(state, cancel);
        if (
            weights
                .FirstOrDefault(weight => weight.Value > 0 && !running.Any(version => version.Version == weight.Key && version.Healthy > 0))
                .Key is
            { } down
        )
        {
            throw new ReleaseException($"{down} has no healthy instance in deployment/{Names.Deployment}; the traffic stays as it is.");
        }

        if (state.Marks.Replaces is not null)
        {
            await takeOver.GoAsync(state, progress, cancel);
            state = await StateAsync(cancel);
        }

        int? share = weights.Count == 0 ? null : weights.GetValueOrDefault(state.CandidateVersion ?? "");
        if (share < 100)
        {
            await takeOver.GrowAsync(state, progress, cancel);
            state = await StateAsync(cancel);
        }

        await traffic.ShiftAsync(state, share, weights, progress, cancel);
        if (share == 0 && state.IsJoined)
        {
            // Its pods still answer for the Service, and its image is recorded.
            await takeOver.EndAsync(await StateAsync(cancel), cancel);
        }
    }

    public async Task RetireAsync(string version, IProgress<string> progress, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var share = await ShareAsync(state, cancel);
        if (state.Marks.Replaces is null && state.CandidateVersion == version)
        {
            Check(version, share is null or 0);
            CheckOurs(state.Candidate);
            await takeOver.EndAsync(state, cancel);
        }
        else if (state.MainVersion == version)
        {
            Check(version, share is null or 100);
            await (share == 100 ? takeOver.GoAsync(state, progress, cancel) : objects.ScaleMainAsync(state, 0, progress, cancel));
        }
    }

    async Task InstallMainAsync(
        WorkloadState state,
        string version,
        string image,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var marks = (state.Marks with { Version = version, Replaces = null })
            .With(state.Main.Version, state.Main.Image)
            .With(version, image);
        if (state.Main.Image != image || marks.ToAnnotations().ToJsonString() != state.Marks.ToAnnotations().ToJsonString())
        {
            await objects.WriteMainAsync(state, image, marks, progress, cancel);
        }

        state = await StateAsync(cancel);
        if (state.Main.Replicas == 0 || state.MostPods is null)
        {
            await objects.ScaleMainAsync(state, state.PodsFor(instances), progress, cancel);
        }

        var pods = await objects.Watch.UntilSettledAsync(Names.Deployment, progress, cancel);
        state = await StateAsync(cancel);
        // Their number is noted when it is so: interrupted before, it is not taken for done.
        var pinned = (state.Marks with { Instances = instances }).With(version, objects.Images.Pinned(image, pods));
        if (state.Main.Replicas == state.Marks.Pods || state.PodsFor(state.PlannedReplicas) == state.Main.Replicas)
        {
            pinned = pinned with { Pods = null };
        }

        if (pinned != state.Marks)
        {
            await objects.WriteMainAsync(state, state.Main.Image, pinned, progress, cancel);
        }
    }

    async Task InstallCandidateAsync(
        WorkloadState state,
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        CheckOurs(state.Candidate);
        var image = ImageOf(state, version, artifacts);
        await objects.RehearseAsync(state, image, cancel);
        var release = artifacts?.Tag ?? version;
        var joined = state.IsJoined && state.CandidateVersion == version;
        var pods = state.PodsFor(instances);
        await Api.ApplyAsync(
            KubernetesResource.Deployments,
            Manifests.Candidate(state, objects.Images, version, release, image, pods, instances, joined),
            progress,
            cancel
        );
        if (state.Service is { } service)
        {
            KubernetesNames.DemandOurs(
                await Api.FindAsync(KubernetesResource.Services, Names.Preview, cancel),
                KubernetesResource.Services
            );
            await Api.ApplyAsync(KubernetesResource.Services, Manifests.Preview(service, Names, version, release), progress, cancel);
        }

        var running = await objects.Watch.UntilSettledAsync(Names.Candidate, progress, cancel);
        await takeOver.RecordAsync(await StateAsync(cancel), version, objects.Images.Pinned(image, running), progress, cancel);
    }

    async Task<IReadOnlyList<RunningVersion>> RunningAsync(WorkloadState state, CancellationToken cancel)
    {
        var share = await ShareAsync(state, cancel);
        var isTaking = state.Marks.Replaces is not null;
        var main = new RunningVersion(
            state.MainVersion,
            state.MainInstances,
            isTaking ? 0 : HealthyMain(state),
            share is null || state.Main.Replicas == 0 && share == 0 ? 0 : 100 - share.Value
        );
        return state.CandidateVersion is { } candidate
            ?
            [
                main,
                new RunningVersion(
                    candidate,
                    state.CandidateInstances,
                    state.Candidate?.HealthyOf(state.CandidateInstances) ?? HealthyMain(state),
                    share ?? 0
                ),
            ]
            : [main];
    }

    /// <summary>Where an HPA decides, it is getting more as it needs them: any will do.</summary>
    static int HealthyMain(WorkloadState state) =>
        state.MostPods is not null && state.Main.Available > 0 ? state.MainInstances : state.Main.HealthyOf(state.MainInstances);

    /// <summary>The candidate's share. While the main Deployment takes the candidate over, all of it is the candidate's.</summary>
    async Task<int?> ShareAsync(WorkloadState state, CancellationToken cancel) =>
        state.Marks.Replaces is not null ? 100 : await traffic.ReadAsync(state, cancel);

    Task<WorkloadState> StateAsync(CancellationToken cancel) => objects.ReadAsync(cancel);

    /// <summary>The candidate's image by its tag; of a version that ran here before the one that was recorded: never guessed.</summary>
    string ImageOf(WorkloadState state, string version, Candidate? candidate)
    {
        var runs = state.Main.Version == version ? state.Main.Image : null;
        if (candidate is null)
        {
            return state.Marks.ImageOf(version)
                ?? runs
                ?? throw new ReleaseException(
                    $"deployment/{Names.Deployment} has no record of the image of {version}.",
                    $"namespace {Api.Namespace}; known: {string.Join(", ", state.Marks.Images.Select(image => image.Key))}",
                    "Deploy that version again, or roll back to one that is known."
                );
        }

        var tag = application
            .ImageTag.Replace("{version}", candidate.Version, StringComparison.Ordinal)
            .Replace("{tag}", candidate.Tag, StringComparison.Ordinal)
            .Replace("{commit}", candidate.Commit, StringComparison.Ordinal);
        var image = $"{application.Image}:{tag}";
        // Not pulled anew where the very same runs already by its digest.
        return runs is not null && runs.Split('@')[0] == image ? runs : image;
    }

    void Check(string version, bool hasNoTraffic)
    {
        if (!hasNoTraffic)
        {
            throw new ReleaseException($"{version} still has traffic in deployment/{Names.Deployment}; it is not stopped.");
        }
    }

    static void CheckOurs(Workload? candidate) => KubernetesNames.DemandOurs(candidate?.Object, KubernetesResource.Deployments);
}
