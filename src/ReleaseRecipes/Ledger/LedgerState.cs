namespace ReleaseRecipes.Ledger;

/// <summary>What every command needs to know first, kept small however long the ledger is: where each environment and the newest release stand.</summary>
public sealed record LedgerState
{
    /// <summary>Nothing happened yet.</summary>
    public static LedgerState Empty { get; } = new();

    /// <summary>Environment name to where it stands.</summary>
    public IReadOnlyDictionary<string, EnvironmentRecord> Environments { get; init; } = new Dictionary<string, EnvironmentRecord>();

    /// <summary>The newest release; null before the first.</summary>
    public ReleaseRecord? Newest { get; init; }

    /// <summary>The last release that came to its end as released; null before the first.</summary>
    public ReleaseRecord? LastReleased { get; init; }

    /// <summary>Who owns the making of releases (everything that is not one environment's) right now; null where nobody does.</summary>
    public LeaseRecord? Lease { get; init; }

    /// <summary>The highest fencing number that was ever given out.</summary>
    public long Fence { get; init; }

    /// <summary>Where an environment stands, also one that nothing happened to yet.</summary>
    public EnvironmentRecord Environment(string name) => Environments.GetValueOrDefault(name) ?? new EnvironmentRecord(name);
}

/// <summary>Where one release stands.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State">draft, ready, released, failed, rolled_back, paused or aborted.</param>
/// <param name="Commit">The commit that it was decided for, full hash.</param>
/// <param name="Plan">The hash of its plan.</param>
public sealed record ReleaseRecord(string Version, string State, string Commit, string Plan);

/// <summary>Where one environment stands.</summary>
/// <param name="Name">The environment's name.</param>
public sealed record EnvironmentRecord(string Name)
{
    /// <summary>The version that was verified last and serves unless a rollout is under way; null before the first.</summary>
    public string? Verified { get; init; }

    /// <summary>The digest of the artefacts that were verified.</summary>
    public string? Digest { get; init; }

    /// <summary>
    /// The versions verified there before, newest first, at most 20: where a rollback may go. A version that was rolled back from is
    /// not among them until it is verified again.
    /// </summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>idle, rolling_out, paused or failed (a rollback could not restore it).</summary>
    public string State { get; init; } = "idle";

    /// <summary>The version that a rollout is bringing; null where none is under way.</summary>
    public string? Candidate { get; init; }

    /// <summary>Version to percent, as last shifted.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>();

    /// <summary>Where its users reach it.</summary>
    public string? Url { get; init; }

    /// <summary>Who owns it right now; null where nobody does.</summary>
    public LeaseRecord? Lease { get; init; }
}

/// <summary>The right to change an environment.</summary>
/// <param name="Owner">Who holds it: person, machine and process.</param>
/// <param name="Fence">A number that only grows; a target refuses a lower one than it has seen.</param>
/// <param name="Since">When it was taken.</param>
/// <param name="Expires">When it ends unless it is renewed.</param>
public sealed record LeaseRecord(string Owner, long Fence, DateTimeOffset Since, DateTimeOffset Expires);
