using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>One fact in the record of releases. Never changed once appended.</summary>
public sealed record LedgerEvent
{
    /// <summary>1 for the first event of the ledger, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version that it is about.</summary>
    public required string Release { get; init; }

    /// <summary>What happened: see <see cref="EventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When, in UTC, by the clock of the machine that appended it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who ran the command, as git knows them.</summary>
    public required string Actor { get; init; }

    /// <summary>What the kind of event calls for.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>The hash of the event before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 over the canonical JSON (RFC 8785) of all the above, lower-case hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>An event that is to be appended.</summary>
public sealed record NewEvent(string Release, string Kind, JsonObject Data);
