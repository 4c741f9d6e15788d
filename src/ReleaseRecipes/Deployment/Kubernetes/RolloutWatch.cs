using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Waits until a Deployment is as it was asked to be, telling what it waits for.</summary>
sealed class RolloutWatch(KubernetesApi api, ContainerImages images, TimeSpan limit)
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    // Registries and applications stumble at times and get up again.
    static readonly TimeSpan HopelessFor = TimeSpan.FromSeconds(8);

    /// <summary>Returns the pods that run it when it has become so.</summary>
    /// <exception cref="ReleaseException">It did not in time, or its pods say that they never will.</exception>
    public async Task<IReadOnlyList<JsonObject>> UntilSettledAsync(string name, IProgress<string> progress, CancellationToken cancel)
    {
        await using var changes = new ObjectChanges(api, KubernetesResource.Deployments, name);
        var (begun, said, hopelessSince) = (Now, "", (long?)null);
        while (true)
        {
            var deployment =
                await api.FindAsync(KubernetesResource.Deployments, name, cancel)
                ?? throw new ReleaseException($"deployment/{name} is gone.", $"namespace {api.Namespace}");
            var workload = new Workload(deployment, images);
            var pods = await PodsAsync(workload, cancel);
            if (workload.IsSettled)
            {
                return pods;
            }

            var reasons = PodReasons.Of(deployment, pods);
            var line = $"{name}: {workload.Progress}{string.Concat(reasons.Take(1).Select(reason => $"; {reason}"))}";
            if (line != said)
            {
                progress.Report(said = line);
            }

            hopelessSince = reasons.Any(PodReasons.IsHopeless) ? hopelessSince ?? Now : null;
            var isHopeless = hopelessSince is { } since && Since(since) >= HopelessFor;
            if (isHopeless || Since(begun) > limit)
            {
                throw new ReleaseException(
                    $"deployment/{name} has {workload.Available} of {workload.Replicas} pods{(isHopeless ? "" : $" after {Durations.Format(limit)}")}: "
                        + $"{(reasons.Count > 0 ? reasons[0] : workload.Progress)}.",
                    string.Join('\n', [$"namespace {api.Namespace}", .. reasons.Skip(1).Take(2)]),
                    $"kubectl --namespace {api.Namespace} describe deployment {name}"
                );
            }

            await changes.NextAsync(cancel);
        }
    }

    /// <summary>Waits until a Deployment that was scaled to nothing has no pod left, those that are ending included.</summary>
    /// <exception cref="ReleaseException">They did not end in time.</exception>
    public async Task UntilGoneAsync(Workload workload, IProgress<string> progress, CancellationToken cancel)
    {
        for (var (begun, said) = (Now, 0); await PodsAsync(workload, cancel) is { Count: > 0 } pods; await Task.Delay(Step, cancel))
        {
            if (pods.Count != said)
            {
                progress.Report($"{workload.Name}: {said = pods.Count} still stopping");
            }

            if (Since(begun) > limit + Grace(workload))
            {
                throw new ReleaseException(
                    $"deployment/{workload.Name} still has {pods.Count} pods after {Durations.Format(limit + Grace(workload))}.",
                    $"namespace {api.Namespace}: {string.Join(", ", pods.Select(pod => pod.Name()).Take(3))}",
                    $"kubectl --namespace {api.Namespace} describe pod {pods[0].Name()}"
                );
            }
        }
    }

    /// <summary>Its pods; of the main Deployment without the candidate's, which may carry the same labels.</summary>
    async Task<IReadOnlyList<JsonObject>> PodsAsync(Workload workload, CancellationToken cancel)
    {
        var labels = workload.Selector.ToDictionary(label => label.Key, label => $"{label.Value}");
        var pods = await api.ListAsync(KubernetesResource.Pods, labels, cancel);
        return labels.ContainsKey(KubernetesNames.CandidateOf)
            ? pods
            : [.. pods.Where(pod => pod.Text("metadata", "labels", KubernetesNames.CandidateOf) is null)];
    }

    static TimeSpan Grace(Workload workload) =>
        TimeSpan.FromSeconds(
            workload.Template.At("spec", "terminationGracePeriodSeconds") is null
                ? 30
                : workload.Template.Number("spec", "terminationGracePeriodSeconds")
        );

    static long Now => TimeProvider.System.GetTimestamp();

    static TimeSpan Since(long moment) => TimeProvider.System.GetElapsedTime(moment);
}
