using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>A router in front of the Services, whose weights split the traffic.</summary>
interface IRoute
{
    /// <summary>The candidate's share in percent.</summary>
    Task<int> ReadAsync(CancellationToken cancel);

    /// <summary>Gives the candidate its share, and touches nothing but our two backends.</summary>
    Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel);

    /// <summary>Puts it back as it was before the first share.</summary>
    Task EndAsync(CancellationToken cancel);
}

/// <summary>Traffic by a router's weights between the Service and the candidate's.</summary>
sealed class RouteTraffic(KubernetesApi api, IRoute route) : ITraffic
{
    const string Nothing = "{}";

    public async Task<int?> ReadAsync(WorkloadState state, CancellationToken cancel) => IsOff(state) ? null : await route.ReadAsync(cancel);

    public async Task ShiftAsync(
        WorkloadState state,
        int? candidate,
        IReadOnlyDictionary<string, int> weights,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        if (candidate is { } share)
        {
            await route.WriteAsync(share, progress, cancel);
        }

        if (candidate is null != IsOff(state))
        {
            await api.ChangeAsync(
                KubernetesResource.Services,
                state.Names.Service,
                "Create it, or name another one under kubernetes.service.",
                service => JsonPatch.Note(service, (KubernetesNames.Weights, candidate is null ? Nothing : null)),
                cancel
            );
        }
    }

    public Task EndAsync(WorkloadState state, CancellationToken cancel) => route.EndAsync(cancel);

    static bool IsOff(WorkloadState state) => state.Service.Note(KubernetesNames.Weights) == Nothing;
}
