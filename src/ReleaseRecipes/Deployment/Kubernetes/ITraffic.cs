namespace ReleaseRecipes.Deployment;

/// <summary>Splits a workload's traffic between the main Deployment and the candidate's.</summary>
interface ITraffic
{
    /// <summary>The candidate's share in percent; null where nothing is to serve.</summary>
    Task<int?> ReadAsync(WorkloadState state, CancellationToken cancel);

    /// <summary>Gives the candidate its share; null: nothing is to serve.</summary>
    Task ShiftAsync(
        WorkloadState state,
        int? candidate,
        IReadOnlyDictionary<string, int> weights,
        IProgress<string> progress,
        CancellationToken cancel
    );

    /// <summary>Takes away what the split needed. The candidate has no traffic any more and is about to go.</summary>
    Task EndAsync(WorkloadState state, CancellationToken cancel);
}
