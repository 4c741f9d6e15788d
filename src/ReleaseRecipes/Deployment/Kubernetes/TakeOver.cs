namespace ReleaseRecipes.Deployment;

/// <summary>
/// How a promoted candidate ends: the main Deployment becomes what the candidate is, while the candidate serves; then it serves, and the candidate goes.
/// The mark of the version before is taken away last: interrupted, it is gone on with.
/// </summary>
sealed class TakeOver(KubernetesObjects objects, ITraffic traffic)
{
    KubernetesApi Api => objects.Api;

    /// <summary>Begins it, or goes on with it.</summary>
    public async Task GoAsync(WorkloadState state, IProgress<string> progress, CancellationToken cancel)
    {
        if (state.Marks.Replaces is null)
        {
            await BeginAsync(state, progress, cancel);
            state = await objects.ReadAsync(cancel);
        }

        if (state.Candidate is not null)
        {
            var pods = await objects.Watch.UntilSettledAsync(state.Names.Deployment, progress, cancel);
            await RecordAsync(state, state.Main.Version, objects.Images.Pinned(state.Main.Image, pods), progress, cancel);
            await GrowAsync(await objects.ReadAsync(cancel), progress, cancel);
            state = await objects.ReadAsync(cancel);
            await traffic.ShiftAsync(state, 0, new Dictionary<string, int> { [state.Main.Version] = 100 }, progress, cancel);
        }

        await EndAsync(await objects.ReadAsync(cancel), cancel);
        state = await objects.ReadAsync(cancel);
        await objects.WriteMainAsync(state, state.Main.Image, state.Marks with { Replaces = null, Pods = null }, progress, cancel);
    }

    /// <summary>
    /// Before traffic comes to the main Deployment it has as many pods as it had of its own, and, where an HPA took some away for lack of traffic, as
    /// many as the candidate needs for it. The HPA goes on from there.
    /// </summary>
    public async Task GrowAsync(WorkloadState state, IProgress<string> progress, CancellationToken cancel)
    {
        if (state.MostPods is { } most && state.Candidate is { } candidate && state.Main.Replicas > 0)
        {
            var pods = Math.Min(most, candidate.Replicas);
            if (pods > state.Main.Replicas)
            {
                progress.Report($"{state.Names.Deployment}: {pods} pods before the traffic comes; its HPA goes on from there");
                await Api.ScaleAsync(state.Names.Deployment, pods, cancel);
                await objects.Watch.UntilSettledAsync(state.Names.Deployment, progress, cancel);
            }
        }
    }

    /// <summary>Takes away all that was made for the candidate.</summary>
    public async Task EndAsync(WorkloadState state, CancellationToken cancel)
    {
        await traffic.EndAsync(state, cancel);
        if (await Api.FindAsync(KubernetesResource.Services, state.Names.Preview, cancel) is { } preview && KubernetesNames.IsOurs(preview))
        {
            await Api.DeleteAsync(KubernetesResource.Services, state.Names.Preview, cancel);
        }

        // Last: as long as it is there, what is left of the candidate is known.
        await Api.DeleteAsync(KubernetesResource.Deployments, state.Names.Candidate, cancel);
    }

    /// <summary>Records the image of a version, with its digest, so that it can be gone back to.</summary>
    public async Task RecordAsync(WorkloadState state, string version, string image, IProgress<string> progress, CancellationToken cancel)
    {
        var marks = state.Marks.With(version, image);
        if (marks != state.Marks)
        {
            await objects.WriteMainAsync(state, state.Main.Image, marks, progress, cancel);
        }
    }

    async Task BeginAsync(WorkloadState state, IProgress<string> progress, CancellationToken cancel)
    {
        var candidate = state.Candidate!;
        var (version, instances) = (candidate.Version, state.CandidateInstances);
        var image = state.Marks.ImageOf(version) ?? candidate.Image;
        var marks = (state.Marks with { Version = version, Replaces = state.MainVersion, Instances = instances })
            .With(state.Main.Version, state.Main.Image)
            .With(version, image);
        await objects.WriteMainAsync(state, image, marks, progress, cancel);
        if (state.MostPods is null)
        {
            state = await objects.ReadAsync(cancel);
            await Api.ScaleAsync(state.Names.Deployment, state.PodsFor(instances), cancel);
        }
    }
}
