using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Traffic by the Service alone: all of it by the Service's selector, shares of it by numbers of pods. The split is noted on the Service in the same
/// write as its selector. Where there is no Service, pods fetch their work themselves, and their numbers alone split it.
/// </summary>
sealed class ServiceTraffic(KubernetesObjects objects) : ITraffic
{
    public Task<int?> ReadAsync(WorkloadState state, CancellationToken cancel)
    {
        var noted = state.Service is null ? state.Marks.Weights : state.Service.Note(KubernetesNames.Weights);
        var weights = KubernetesObject.Members(noted);
        return Task.FromResult<int?>(
            noted is not null && weights.Count == 0 ? null
            : state.IsSwitched ? 100
            : state.CandidateVersion is { } candidate && weights.TryGetValue(candidate, out var text) && int.TryParse(text, out var share)
                ? share
            : 0
        );
    }

    public async Task ShiftAsync(
        WorkloadState state,
        int? candidate,
        IReadOnlyDictionary<string, int> weights,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        switch (candidate)
        {
            case null:
                break;
            case 100:
                await ScaleCandidateAsync(state, state.PodsFor(state.CandidateInstances), state.IsJoined, progress, cancel);
                break;
            case 0:
                await ScaleMainAsync(state, state.PodsFor(state.MainInstances), progress, cancel);
                break;
            default:
                await SplitAsync(state, candidate.Value, progress, cancel);
                break;
        }

        if (state.Service is null)
        {
            state = await objects.ReadAsync(cancel);
            await objects.WriteMainAsync(state, state.Main.Image, state.Marks with { Weights = Json(weights) }, progress, cancel);
        }
        else
        {
            await SelectAsync(state, switched: candidate == 100, candidate == 0 ? null : Json(weights), cancel);
        }
    }

    /// <summary>All of it is the main Deployment's, as it was before: nothing needs to be noted.</summary>
    public async Task EndAsync(WorkloadState state, CancellationToken cancel)
    {
        if (state.Service is not null && await ReadAsync(state, cancel) is not null)
        {
            await SelectAsync(state, switched: false, note: null, cancel);
        }
    }

    async Task SplitAsync(WorkloadState state, int share, IProgress<string> progress, CancellationToken cancel)
    {
        var stable = state.MostPods is null ? state.PodsFor(state.MainInstances) : state.Main.Replicas;
        var (ours, theirs) = ReplicaSplit.Of(share, state.PodsFor(state.CandidateInstances), stable);
        await ScaleCandidateAsync(state, ours, joined: true, progress, cancel);
        // Read anew: the candidate's pods may carry the Service's labels only now.
        await ScaleMainAsync(await objects.ReadAsync(cancel), theirs, progress, cancel);
    }

    /// <summary>Joined: with the Service's labels on its pods, where they share its traffic.</summary>
    async Task ScaleCandidateAsync(WorkloadState state, int pods, bool joined, IProgress<string> progress, CancellationToken cancel)
    {
        var candidate = state.Candidate!;
        joined &= state.Service is not null;
        if (candidate.Replicas == pods && state.IsJoined == joined)
        {
            return;
        }

        await objects.Api.ApplyAsync(
            KubernetesResource.Deployments,
            Manifests.Candidate(
                state,
                objects.Images,
                candidate.Version,
                candidate.Object.Text("metadata", "labels", "release-recipes/release") ?? candidate.Version,
                candidate.Image,
                pods,
                state.CandidateInstances,
                joined
            ),
            progress,
            cancel
        );
        await objects.Watch.UntilSettledAsync(candidate.Name, progress, cancel);
    }

    /// <summary>Where an HPA decides how many there are, it goes on doing so.</summary>
    Task ScaleMainAsync(WorkloadState state, int pods, IProgress<string> progress, CancellationToken cancel) =>
        state.MostPods is null && state.Main.Replicas > 0 ? objects.ScaleMainAsync(state, pods, progress, cancel) : Task.CompletedTask;

    Task SelectAsync(WorkloadState state, bool switched, string? note, CancellationToken cancel)
    {
        var kept = switched ? state.MainSelector.ToJsonString() : null;
        var selector = switched ? new JsonObject { [KubernetesNames.CandidateOf] = state.Names.Deployment } : state.MainSelector;
        return objects.Api.ChangeAsync(
            KubernetesResource.Services,
            state.Names.Service,
            "It was there a moment ago; create it again.",
            service =>
                JsonPatch
                    .Note(service, (KubernetesNames.Weights, note), (KubernetesNames.Selector, kept))
                    .Concat(JsonPatch.Set(service, ["spec", "selector"], selector)),
            cancel
        );
    }

    static string Json(IReadOnlyDictionary<string, int> weights) =>
        new JsonObject(weights.Select(weight => KeyValuePair.Create<string, JsonNode?>(weight.Key, weight.Value))).ToJsonString();
}
