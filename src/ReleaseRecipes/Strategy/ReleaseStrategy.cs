using System.Security.Cryptography;

namespace ReleaseRecipes.Strategy;

/// <summary>The whole of <c>release-strategy.yml</c>, read and checked. Every value has a default; nothing here changes after reading.</summary>
public sealed record ReleaseStrategy
{
    public ApplicationSettings Application { get; init; } = new();
    public VersioningSettings Versioning { get; init; } = new();
    public BranchingSettings Branching { get; init; } = new();
    public ChangelogSettings Changelog { get; init; } = new();

    /// <summary>The parts that have versions, tags and changelogs of their own; none: the repository is released as one.</summary>
    public IReadOnlyList<ComponentSettings> Components { get; init; } = [];

    /// <summary>The gates in the order of the file.</summary>
    public IReadOnlyList<GateSettings> QualityGates { get; init; } = [];

    /// <summary>How many gates run side by side; the number of processors where null.</summary>
    public int? ParallelGates { get; init; }

    /// <summary>The environments (<c>deployment_strategy</c>) in the order of the file.</summary>
    public IReadOnlyList<EnvironmentSettings> Environments { get; init; } = [];
    public NotificationSettings Notifications { get; init; } = new();
    public LedgerSettings Ledger { get; init; } = new();

    /// <summary>Names of environment variables whose values are secrets, beside those that look like it.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Steps that are switched off (<c>steps: { changelog: false }</c>), by task name: successful, recorded no-ops.</summary>
    public IReadOnlySet<string> DisabledSteps { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file it was read from; null where the defaults stand in for a file.</summary>
    public string? Path { get; init; }

    /// <summary>SHA-256 over the file's bytes, as lower-case hex; of the empty text where there is no file.</summary>
    public string Hash
    {
        // Only when it is asked for: the first use of SHA-256 loads the system's cryptography, which many commands never need.
        get => field ??= Convert.ToHexStringLower(SHA256.HashData(Bytes));
        init;
    }

    /// <summary>The file's bytes.</summary>
    internal byte[] Bytes { get; init; } = [];

    /// <summary>The keys that the file has, by path (<c>release_strategy.versioning.scheme</c>), each with where it stands; what is missing here is a default.</summary>
    public IReadOnlyDictionary<string, Reading.Place> Places { get; init; } = new Dictionary<string, Reading.Place>();
}
