using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>A router in front of the Services, whose weights split the traffic.</summary>
interface IRoute
{
    /// <summary>The candidate's share in percent.</summary>
    Task<int> ReadAsync(CancellationToken cancel);

    /// <summary>Gives the candidate its share, and touches nothing but our two backends.</summary>
    Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel);
}

/// <summary>Traffic by a router's weights between the Service and the candidate's.</summary>
sealed class RouteTraffic(Kubectl kubectl, IRoute route) : ITraffic
{
    const string Nothing = "{}";

    public async Task<int?> ReadAsync(WorkloadState state, CancellationToken cancel) =>
        state.Service.Note(KubernetesNames.Weights) == Nothing ? null : await route.ReadAsync(cancel);

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

        if (candidate is null != (state.Service.Note(KubernetesNames.Weights) == Nothing))
        {
            var notes = new JsonObject { [KubernetesNames.Weights] = candidate is null ? Nothing : null };
            await kubectl.MergeAsync(
                "service",
                state.Names.Service,
                new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = notes } },
                cancel
            );
        }
    }
}
