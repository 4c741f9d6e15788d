using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// One workload as a target. The main Deployment always runs the verified version; a candidate runs in a second Deployment beside it until it is
/// promoted, and then the main one takes its image over while the second one serves.
/// </summary>
sealed class KubernetesWorkload(
    Kubectl kubectl,
    KubernetesNames names,
    KubernetesSettings settings,
    ApplicationSettings application,
    ITraffic traffic,
    RolloutWatch watch
)
{
    public async Task<IReadOnlyList<RunningVersion>> ReadAsync(CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var share = await ShareAsync(state, cancel);
        var main = state.MainVersion(settings);
        var running = new List<RunningVersion>
        {
            new(
                main,
                state.Main.Instances,
                state.Main.Healthy,
                share is null || state.Main.Replicas == 0 && share == 0 ? 0 : 100 - share.Value
            ),
        };
        if (state.CandidateVersion(settings) is { } candidate)
        {
            running.Add(new RunningVersion(candidate, state.Candidate!.Instances, state.Candidate.Healthy, share ?? 0));
        }

        return running;
    }

    public async Task InstallAsync(
        string version,
        Candidate? artifacts,
        int instances,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        var state = await StateAsync(cancel);
        var main = state.MainVersion(settings);
        var image = artifacts is null ? KnownImage(state, version) : ImageOf(artifacts);
        if (main == version || state.Main.Replicas == 0)
        {
            await RememberAsync(state, main, state.Main.Image(settings.Container), cancel);
            var replicas = state.Main.ScaledByOthers && state.Main.Replicas > 0 ? state.Main.Replicas : instances;
            await kubectl.ApplyAsync(
                Manifests.Main(
                    state.Main,
                    settings.Container,
                    image,
                    replicas,
                    (KubernetesNames.Version, version),
                    (KubernetesNames.Instances, instances.ToString(CultureInfo.InvariantCulture))
                ),
                progress,
                cancel
            );
            await watch.UntilSettledAsync(names.Deployment, progress, cancel);
        }
        else
        {
            CheckOurs(state.Candidate?.Object);
            var joined = state.IsJoined && state.CandidateVersion(settings) == version ? state.MainSelector : null;
            await kubectl.ApplyAsync(
                Manifests.Candidate(state.Main, names, version, settings.Container, image, instances, instances, joined),
                progress,
                cancel
            );
            if (state.Service is { } service)
            {
                await kubectl.ApplyAsync(Manifests.Preview(service, names, version), progress, cancel);
            }

            await watch.UntilSettledAsync(names.Candidate, progress, cancel);
        }

        await RememberAsync(await StateAsync(cancel), version, image, cancel);
    }

    public async Task ShiftAsync(IReadOnlyDictionary<string, int> weights, IProgress<string> progress, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var running = await ReadAsync(cancel);
        if (
            weights
                .FirstOrDefault(weight => weight.Value > 0 && !running.Any(version => version.Version == weight.Key && version.Healthy > 0))
                .Key is
            { } down
        )
        {
            throw new ReleaseException($"{down} has no healthy instance in deployment/{names.Deployment}; the traffic stays as it is.");
        }

        int? share = weights.Count == 0 ? null : weights.GetValueOrDefault(state.CandidateVersion(settings) ?? "");
        await traffic.ShiftAsync(state, share, weights, progress, cancel);
        if (share == 0 && state.IsJoined)
        {
            // Its pods still answer for the Service, and its image is recorded.
            await kubectl.DeleteAsync("deployment", names.Candidate, cancel);
        }
    }

    public async Task RetireAsync(string version, IProgress<string> progress, CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var share = await ShareAsync(state, cancel);
        if (state.CandidateVersion(settings) == version)
        {
            Check(version, share is null or 0);
            CheckOurs(state.Candidate?.Object);
            await kubectl.DeleteAsync("deployment", names.Candidate, cancel);
        }
        else if (state.MainVersion(settings) == version)
        {
            Check(version, share is null or 100);
            await (share == 100 ? TakeOverAsync(state, progress, cancel) : StopAsync(cancel));
        }
    }

    /// <summary>
    /// The main Deployment becomes what the candidate is, while the candidate serves; then it serves, and the candidate goes. It is marked as the new
    /// version only when all of that is done: interrupted, it is done again from the start.
    /// </summary>
    async Task TakeOverAsync(WorkloadState state, IProgress<string> progress, CancellationToken cancel)
    {
        var candidate = state.Candidate!;
        var version = candidate.Version(settings.Container);
        var replicas = state.Main.ScaledByOthers ? state.Main.Replicas : candidate.Instances;
        await RememberAsync(state, state.MainVersion(settings), state.Main.Image(settings.Container), cancel);
        await kubectl.ApplyAsync(
            Manifests.Main(
                state.Main,
                settings.Container,
                candidate.Image(settings.Container),
                replicas,
                (KubernetesNames.Version, state.MainVersion(settings)),
                (KubernetesNames.Becoming, version),
                (KubernetesNames.Instances, $"{candidate.Instances}")
            ),
            progress,
            cancel
        );
        await watch.UntilSettledAsync(names.Deployment, progress, cancel);
        await traffic.ShiftAsync(await StateAsync(cancel), 0, new Dictionary<string, int> { [version] = 100 }, progress, cancel);
        await NoteAsync([(KubernetesNames.Version, version), (KubernetesNames.Becoming, null)], cancel);
        await kubectl.DeleteAsync("deployment", names.Candidate, cancel);
    }

    Task StopAsync(CancellationToken cancel) =>
        kubectl.MergeAsync("deployment", names.Deployment, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 0 } }, cancel);

    Task<WorkloadState> StateAsync(CancellationToken cancel) => WorkloadState.ReadAsync(kubectl, names, cancel);

    string ImageOf(Candidate candidate)
    {
        var tag = application
            .ImageTag.Replace("{version}", candidate.Version, StringComparison.Ordinal)
            .Replace("{tag}", candidate.Tag, StringComparison.Ordinal)
            .Replace("{commit}", candidate.Commit, StringComparison.Ordinal);
        return $"{application.Image}:{tag}";
    }

    /// <summary>The image of a version that ran here before, as it was recorded: never guessed.</summary>
    string KnownImage(WorkloadState state, string version) =>
        state.MainVersion(settings) == version && Recorded(state, version) is null
            ? state.Main.Image(settings.Container)
            : Recorded(state, version)
                ?? throw new ReleaseException(
                    $"deployment/{names.Deployment} has no record of the image of {version}.",
                    todo: $"Known: {string.Join(", ", KubernetesObject.Members(state.Main.Object.Note(KubernetesNames.Images)).Keys)}."
                );

    static string? Recorded(WorkloadState state, string version) =>
        KubernetesObject.Members(state.Main.Object.Note(KubernetesNames.Images)).GetValueOrDefault(version);

    Task RememberAsync(WorkloadState state, string version, string image, CancellationToken cancel)
    {
        var images = KubernetesObject.Members(state.Main.Object.Note(KubernetesNames.Images));
        if (images.GetValueOrDefault(version) == image)
        {
            return Task.CompletedTask;
        }

        const int kept = 20;
        var all = images.Where(known => known.Key != version).Append(KeyValuePair.Create(version, image)).TakeLast(kept);
        var json = new JsonObject(all.Select(known => KeyValuePair.Create<string, JsonNode?>(known.Key, known.Value)));
        return NoteAsync([(KubernetesNames.Images, json.ToJsonString())], cancel);
    }

    Task NoteAsync(IEnumerable<(string Name, string? Value)> notes, CancellationToken cancel) =>
        kubectl.MergeAsync(
            "deployment",
            names.Deployment,
            new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["annotations"] = new JsonObject(notes.Select(note => KeyValuePair.Create<string, JsonNode?>(note.Name, note.Value))),
                },
            },
            cancel
        );

    /// <summary>The candidate's share. While the main Deployment takes the candidate over, both run the same, and all of it is the candidate's.</summary>
    async Task<int?> ShareAsync(WorkloadState state, CancellationToken cancel) =>
        state.CandidateVersion(settings) is { } candidate && state.Main.Object.Note(KubernetesNames.Becoming) == candidate
            ? 100
            : await traffic.ReadAsync(state, cancel);

    void Check(string version, bool hasNoTraffic)
    {
        if (!hasNoTraffic)
        {
            throw new ReleaseException($"{version} still has traffic in deployment/{names.Deployment}; it is not stopped.");
        }
    }

    static void CheckOurs(JsonObject? deployment)
    {
        if (deployment is not null && deployment.Text("metadata", "labels", "app.kubernetes.io/managed-by") != "release-recipes")
        {
            throw new ReleaseException(
                $"deployment/{deployment.Name()} was not made by release-recipes and is left alone.",
                todo: "Rename it: the recipe needs that name for candidates."
            );
        }
    }
}
