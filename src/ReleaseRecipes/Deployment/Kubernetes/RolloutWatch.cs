using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>Waits until a Deployment is as it was asked to be, telling what it waits for.</summary>
sealed class RolloutWatch(Kubectl kubectl, TimeSpan limit)
{
    const int HopelessLooks = 3;
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(700);

    /// <exception cref="ReleaseException">It did not become so in time, or its pods say that they never will.</exception>
    public async Task UntilSettledAsync(string name, IProgress<string> progress, CancellationToken cancel)
    {
        var hopeless = 0;
        for (var begun = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Step, cancel))
        {
            var deployment =
                await kubectl.FindAsync("deployment", name, cancel)
                ?? throw new ReleaseException($"deployment/{name} is gone.", $"namespace {kubectl.Namespace}");
            var workload = new Workload(deployment, scaledByOthers: false);
            if (workload.IsSettled)
            {
                return;
            }

            var reasons = PodReasons.Of(deployment, await PodsAsync(workload, cancel));
            progress.Report($"{name}: {workload.Available} of {workload.Replicas} available {string.Join("; ", reasons.Take(1))}");
            hopeless = reasons.Any(PodReasons.IsHopeless) ? hopeless + 1 : 0;
            if (hopeless >= HopelessLooks || TimeProvider.System.GetElapsedTime(begun) > limit)
            {
                throw new ReleaseException(
                    $"deployment/{name} has {workload.Available} of {workload.Replicas} instances{(hopeless > 0 ? "" : $" after {Durations.Format(limit)}")}.",
                    string.Join('\n', reasons.Take(3)),
                    $"kubectl --namespace {kubectl.Namespace} describe deployment {name}"
                );
            }
        }
    }

    Task<IReadOnlyList<JsonObject>> PodsAsync(Workload workload, CancellationToken cancel) =>
        kubectl.ListAsync("pods", string.Join(',', workload.Selector.Select(label => $"{label.Key}={label.Value}")), cancel);
}
