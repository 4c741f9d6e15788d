using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Traffic by the Service alone: all of it by the Service's selector, shares of it by numbers of pods. The split is noted on the Service in the same
/// write as its selector.
/// </summary>
sealed class ServiceTraffic(Kubectl kubectl, KubernetesSettings settings, RolloutWatch watch) : ITraffic
{
    public Task<int?> ReadAsync(WorkloadState state, CancellationToken cancel)
    {
        var noted = state.Service.Note(KubernetesNames.Weights);
        var weights = KubernetesObject.Members(noted);
        return Task.FromResult<int?>(
            noted is not null && weights.Count == 0 ? null
            : state.IsSwitched ? 100
            : state.CandidateVersion(settings) is { } candidate
            && weights.TryGetValue(candidate, out var text)
            && int.TryParse(text, out var share)
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
                await ScaleAsync(state.Candidate!, state.Candidate!.Instances, progress, cancel);
                break;
            case 0:
                await ScaleAsync(state.Main, state.Main.Instances, progress, cancel);
                break;
            default:
                await SplitAsync(state, candidate.Value, progress, cancel);
                break;
        }

        await NoteAsync(state, switched: candidate == 100, weights, cancel);
    }

    async Task SplitAsync(WorkloadState state, int share, IProgress<string> progress, CancellationToken cancel)
    {
        var candidate = state.Candidate!;
        var (ours, stable) = ReplicaSplit.Of(share, candidate.Instances, state.Main.Instances);
        var version = candidate.Version(settings.Container);
        var image = candidate.Image(settings.Container);
        await kubectl.ApplyAsync(
            Manifests.Candidate(state.Main, state.Names, version, settings.Container, image, ours, candidate.Instances, state.MainSelector),
            progress,
            cancel
        );
        await watch.UntilSettledAsync(candidate.Name, progress, cancel);
        await ScaleAsync(state.Main, stable, progress, cancel);
    }

    async Task ScaleAsync(Workload workload, int replicas, IProgress<string> progress, CancellationToken cancel)
    {
        if (workload.Replicas != replicas && !workload.ScaledByOthers)
        {
            // How many were asked for is noted beside how many the traffic needs, and comes back with the traffic.
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["annotations"] = new JsonObject { [KubernetesNames.Instances] = $"{workload.Instances}" },
                },
                ["spec"] = new JsonObject { ["replicas"] = replicas },
            };
            await kubectl.MergeAsync("deployment", workload.Name, patch, cancel);
            await watch.UntilSettledAsync(workload.Name, progress, cancel);
        }
    }

    async Task NoteAsync(WorkloadState state, bool switched, IReadOnlyDictionary<string, int> weights, CancellationToken cancel)
    {
        if (state.Service is null)
        {
            throw new ReleaseException(
                $"There is no service/{state.Names.Service}, by which traffic could be moved.",
                $"namespace {kubectl.Namespace}",
                "Create it, or name another one under kubernetes.service."
            );
        }

        var selector = switched ? new JsonObject { [KubernetesNames.CandidateOf] = state.Names.Deployment } : state.MainSelector;
        foreach (var (name, _) in state.Service.At("spec", "selector") as JsonObject ?? [])
        {
            // A merge patch keeps what it does not name.
            if (!selector.ContainsKey(name))
            {
                selector[name] = null;
            }
        }

        await kubectl.MergeAsync(
            "service",
            state.Names.Service,
            new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["annotations"] = new JsonObject
                    {
                        [KubernetesNames.Weights] = Json(weights),
                        [Selectors.Kept] = switched ? state.MainSelector.ToJsonString() : null,
                    },
                },
                ["spec"] = new JsonObject { ["selector"] = selector },
            },
            cancel
        );
    }

    static string Json(IReadOnlyDictionary<string, int> weights) =>
        new JsonObject(weights.Select(weight => KeyValuePair.Create<string, JsonNode?>(weight.Key, weight.Value))).ToJsonString();
}
