using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// Where versions run and traffic is split. Every call names an absolute state: calling it twice is calling it once. Failures are
/// <see cref="ReleaseException"/>s.
/// </summary>
public interface ITarget
{
    /// <summary>
    /// Keeps other writers away from the place until the hold is disposed, where the place itself can: those that share no ledger with us. What a move
    /// waits for is told to <paramref name="progress"/> meanwhile.
    /// </summary>
    /// <exception cref="ReleaseException">Another one has it; says who, and since when.</exception>
    Task<PlaceHold> HoldAsync(LeaseOwner? owner, IProgress<string> progress, CancellationToken cancel) =>
        Task.FromResult(PlaceHold.OfNothing());

    /// <summary>What runs there right now, read from the place itself.</summary>
    Task<TargetState> ReadAsync(CancellationToken cancel);

    /// <summary>
    /// Makes exactly <paramref name="instances"/> (at least one) healthy instances of a version run, without changing any traffic: missing
    /// ones are started, surplus ones are stopped after their requests under way. The candidate is brought from its artefacts; a version
    /// that was installed before comes back from what the target kept of it.
    /// </summary>
    /// <exception cref="ReleaseException">They did not become healthy in time; says why, with the last lines that the instance wrote.</exception>
    Task InstallAsync(string version, Candidate? artifacts, int instances, IProgress<string> progress, CancellationToken cancel);

    /// <summary>
    /// Splits the traffic: version to percent, summing to 100; versions that are not named get none. Empty: nothing serves (recreate).
    /// New requests only; those under way are let finish.
    /// </summary>
    /// <exception cref="ReleaseException">A version with a weight above 0 has no healthy instance; nothing was changed.</exception>
    Task ShiftAsync(IReadOnlyDictionary<string, int> weights, CancellationToken cancel);

    /// <summary>
    /// Stops every instance of a version, after its requests under way. What is needed to bring it back is kept. A version that does not
    /// run is left as it is.
    /// </summary>
    /// <exception cref="ReleaseException">It still has traffic.</exception>
    Task RetireAsync(string version, CancellationToken cancel);

    /// <summary>Where the candidate alone can be reached before it has traffic; null where it cannot.</summary>
    Task<Uri?> PreviewAsync(string version, CancellationToken cancel);
}

/// <summary>What runs on a target.</summary>
/// <param name="Versions">The versions that have instances or traffic.</param>
/// <param name="Url">Where users reach the environment; null where that is unknown.</param>
public sealed record TargetState(IReadOnlyList<RunningVersion> Versions, Uri? Url)
{
    /// <summary>Nothing runs.</summary>
    public static TargetState Empty { get; } = new([], null);

    /// <summary>How one version runs; without instances and traffic where it does not.</summary>
    public RunningVersion Of(string version) =>
        Versions.FirstOrDefault(running => running.Version == version) ?? new RunningVersion(version, 0, 0, 0);

    /// <summary>Version to percent, without zeros.</summary>
    public IReadOnlyDictionary<string, int> Weights =>
        Versions.Where(running => running.Weight > 0).ToDictionary(running => running.Version, running => running.Weight);
}

/// <summary>One version on a target.</summary>
/// <param name="Version">The version.</param>
/// <param name="Instances">How many instances are to run.</param>
/// <param name="Healthy">How many of them are healthy right now.</param>
/// <param name="Weight">Its share of the traffic in percent.</param>
public sealed record RunningVersion(string Version, int Instances, int Healthy, int Weight);
