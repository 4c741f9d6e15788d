using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Gates;

/// <summary>A gate that a build registers as a class of its own, for checks that are no command. It answers "no", it does not throw it.</summary>
public interface IGate
{
    /// <summary>Its name in the strategy file.</summary>
    string Name { get; }

    /// <summary>Looks at the candidate.</summary>
    Task<GateAnswer> CheckAsync(GateCandidate candidate, CancellationToken cancel);
}

/// <summary>What a gate is asked about.</summary>
/// <param name="Root">The top folder of the work tree, with the candidate checked out.</param>
/// <param name="ReportFolder">Where the gate may leave files for the record.</param>
/// <param name="Log">Takes lines for the gate's log.</param>
public sealed record GateCandidate(string Root, string ReportFolder, Action<string> Log);

/// <summary>What a gate of one's own found.</summary>
/// <param name="Passed">Whether the gate is open. Where the strategy file gives it a threshold, that must hold too.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record GateAnswer(bool Passed, string Reason)
{
    /// <summary>What was measured, for the threshold and the record.</summary>
    public IReadOnlyDictionary<string, Quantity> Metrics { get; init; } = new Dictionary<string, Quantity>();

    public static GateAnswer Open(string reason) => new(true, reason);

    public static GateAnswer Closed(string reason) => new(false, reason);
}
