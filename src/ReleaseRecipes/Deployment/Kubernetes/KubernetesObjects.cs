using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>The objects of one workload in one cluster: reads them together, and writes the main Deployment's fields that are ours.</summary>
sealed class KubernetesObjects(
    KubernetesApi api,
    KubernetesNames names,
    EnvironmentSettings environment,
    ApplicationSettings application,
    RolloutWatch watch,
    ContainerImages images
)
{
    const int Looks = 50;
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public KubernetesApi Api => api;

    public KubernetesNames Names => names;

    public ContainerImages Images => images;

    public RolloutWatch Watch => watch;

    /// <summary>How they are right now.</summary>
    /// <exception cref="ReleaseException">There is no Deployment to adopt, or it does not run the application.</exception>
    public async Task<WorkloadState> ReadAsync(CancellationToken cancel)
    {
        var main = FindAsync(names.Deployment, cancel);
        var candidate = FindAsync(names.Candidate, cancel);
        var service = api.FindAsync(KubernetesResource.Services, names.Service, cancel);
        var scalers = api.ListAsync(KubernetesResource.Autoscalers, null, cancel);
        await Task.WhenAll(main, candidate, service, scalers);
        var scaler = (await scalers).FirstOrDefault(item =>
            item.Text("spec", "scaleTargetRef", "kind") == "Deployment" && item.Text("spec", "scaleTargetRef", "name") == names.Deployment
        );
        var workload = await main ?? throw NoDeployment();
        return new WorkloadState(
            names,
            workload.Image.Length > 0 ? workload : throw NoContainer(workload.Object),
            MainMarks.Of(workload.Object),
            await candidate,
            await service ?? (names.NeedsService ? throw NoService() : null),
            scaler?.Number("spec", "maxReplicas"),
            environment.Replicas
        );
    }

    /// <summary>Writes the image and the marks of the main Deployment.</summary>
    public Task WriteMainAsync(WorkloadState state, string image, MainMarks marks, IProgress<string> progress, CancellationToken cancel) =>
        api.ApplyAsync(KubernetesResource.Deployments, Manifests.Main(state.Main, images, image, marks), progress, cancel);

    /// <summary>Whether the main Deployment could take an image over. Asked before the candidate starts rather than when it serves already.</summary>
    /// <exception cref="ReleaseException">It could not; says why.</exception>
    public Task RehearseAsync(WorkloadState state, string image, CancellationToken cancel) =>
        api.RehearseAsync(KubernetesResource.Deployments, Manifests.Main(state.Main, images, image, state.Marks), cancel);

    /// <summary>
    /// Sets the number of the main Deployment's pods and waits for them. Its own number is noted before it gets another one. An HPA goes on from there.
    /// </summary>
    public async Task ScaleMainAsync(WorkloadState state, int pods, IProgress<string> progress, CancellationToken cancel)
    {
        if (pods < state.Main.Replicas && await LeastAsync(state, cancel) is ({ } least, { } budget) && pods + Joined(state) < least)
        {
            pods = pods > 0 ? least - Joined(state) : throw Budgeted(budget, least);
        }

        if (pods == state.Main.Replicas)
        {
            return;
        }

        if (state.Marks.Pods is null)
        {
            await WriteMainAsync(state, state.Main.Image, state.Marks with { Pods = state.Main.Replicas }, progress, cancel);
        }

        await api.ScaleAsync(names.Deployment, pods, cancel);
        if (pods == 0)
        {
            await watch.UntilGoneAsync(state.Main, progress, cancel);
        }
        else
        {
            await watch.UntilSettledAsync(names.Deployment, progress, cancel);
        }
    }

    /// <summary>A Deployment whose status is about what was asked for last: right after a change it is about the time before, for a moment.</summary>
    async Task<Workload?> FindAsync(string name, CancellationToken cancel)
    {
        for (var left = Looks; ; left--)
        {
            var found = await api.FindAsync(KubernetesResource.Deployments, name, cancel);
            var workload = found is null ? null : new Workload(found, images);
            if (workload is null or { IsObserved: true } || left == 0)
            {
                return workload;
            }

            await Task.Delay(Look, cancel);
        }
    }

    async Task<(int Least, string? Budget)> LeastAsync(WorkloadState state, CancellationToken cancel) =>
        DisruptionBudgets.Least(await api.ListAsync(KubernetesResource.DisruptionBudgets, null, cancel), state.Main);

    /// <summary>The candidate's pods that count for the same budgets.</summary>
    static int Joined(WorkloadState state) => state.IsJoined ? state.Candidate!.Available : 0;

    ReleaseException Budgeted(string budget, int least) =>
        new(
            $"poddisruptionbudget/{budget} wants {least} pods of deployment/{names.Deployment} at the least, and none would be left.",
            $"namespace {api.Namespace}",
            "Choose another type than recreate for the environment, or another budget."
        );

    ReleaseException NoDeployment() =>
        new(
            $"There is no deployment/{names.Deployment}.",
            $"namespace {api.Namespace}",
            "Create it once, with its Service; releases take it over from there. Another name: kubernetes.deployment in the strategy file.",
            ExitCodes.WrongInput
        );

    ReleaseException NoContainer(JsonObject deployment) =>
        new(
            $"deployment/{names.Deployment} has no container '{environment.Kubernetes.Container}', and none that runs {application.Image}.",
            $"namespace {api.Namespace}; its containers: {string.Join(", ", deployment.Items("spec", "template", "spec", "containers").Select(item => $"{item.Text("name")} ({item.Text("image")})"))}",
            "Name the application's container: kubernetes.container in the strategy file.",
            ExitCodes.WrongInput
        );

    ReleaseException NoService() =>
        new(
            $"There is no service/{names.Service}, by which traffic could be moved.",
            $"namespace {api.Namespace}",
            "Create it, or name another one under kubernetes.service.",
            ExitCodes.WrongInput
        );
}
