using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;

namespace ReleaseRecipes.Deployment;

/// <summary>What the ledger says of the newest attempt to bring a release to an environment.</summary>
public sealed record RolloutRecord
{
    /// <summary>The attempt that goes on, or the next one.</summary>
    public required Attempt Attempt { get; init; }

    /// <summary>Whether it began and is not over: verified and cleaned up after, or taken back.</summary>
    public bool UnderWay { get; init; }

    /// <summary>The moves as they were planned when it began.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>The index of the next move.</summary>
    public int Next { get; init; }

    /// <summary>Whether the stable version could not be brought up when the rollout began, so that there is nothing to go back to.</summary>
    public bool StableLost { get; init; }

    /// <summary>When the candidate was promoted; null before that.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When the stable version lost the last of its traffic; null while it has some.</summary>
    public DateTimeOffset? StableIdleSince { get; init; }

    /// <summary>Why the candidate has to be taken back; null where it has not.</summary>
    public string? BackBecause { get; init; }

    /// <summary>Whether a person ended the release.</summary>
    public bool Aborted { get; init; }

    /// <summary>The index of the watch that a person let pass; -1 where none was.</summary>
    public int LetGoOn { get; init; } = -1;

    /// <summary>The index of the move before which it waits; -1 where it does not.</summary>
    public int PausedAt { get; init; } = -1;

    /// <summary>The index of the last move that was begun, whether or not it was done; -1 where none was.</summary>
    public int Begun { get; init; } = -1;

    /// <summary>Reads it from the events of the release.</summary>
    public static RolloutRecord Of(IEnumerable<LedgerEvent> events, string environment)
    {
        var begun = 0;
        RolloutRecord? record = null;
        foreach (var fact in events)
        {
            if (fact.Kind == EventKinds.Aborted)
            {
                record = record is { VerifiedAt: null } ? record with { Aborted = true, BackBecause = Reason(fact, "aborted") } : record;
            }
            else if (fact.Kind == EventKinds.Intent)
            {
                record = record?.WithIntent(fact);
            }
            else if (Text(fact.Data, "environment") == environment)
            {
                begun += fact.Kind == EventKinds.RolloutStarted ? 1 : 0;
                record = fact.Kind switch
                {
                    EventKinds.RolloutStarted => Started(fact, environment, begun),
                    EventKinds.RolledBack => null,
                    _ => record?.With(fact),
                };
            }
        }

        return record ?? new RolloutRecord { Attempt = new Attempt(environment, begun + 1, UnderWay: false) };
    }

    static RolloutRecord Started(LedgerEvent fact, string environment, int number) =>
        new()
        {
            Attempt = new Attempt(environment, number, UnderWay: true),
            UnderWay = true,
            Moves = [.. (fact.Data["moves"] as JsonArray ?? []).Select(move => move?.GetValue<string>() ?? "")],
        };

    RolloutRecord With(LedgerEvent fact) =>
        fact.Kind switch
        {
            EventKinds.Moved => this with
            {
                Next = Math.Max(Next, Index(fact) + 1),
                PausedAt = -1,
                StableLost = StableLost || Flag(fact.Data, "stable_lost"),
                StableIdleSince = Flag(fact.Data, "stable_idle") ? StableIdleSince ?? fact.At : null,
            },
            EventKinds.Judged when Text(fact.Data, "verdict") is "breached" or "unhealthy" => this with
            {
                BackBecause = Reason(fact, "breached"),
            },
            EventKinds.Paused => this with { PausedAt = Index(fact) },
            EventKinds.Resumed => this with { LetGoOn = PausedAt >= 0 ? PausedAt : Index(fact), PausedAt = -1 },
            EventKinds.Verified => this with { VerifiedAt = fact.At, BackBecause = null },
            _ => this,
        };

    /// <summary>A way back that was begun is finished, even where what began it was never recorded.</summary>
    RolloutRecord WithIntent(LedgerEvent fact)
    {
        var key = Text(fact.Data, "key") ?? "";
        var intent = fact.Data["intent"] as JsonObject ?? [];
        return key.StartsWith(Attempt.Key("back"), StringComparison.Ordinal) && VerifiedAt is null
                ? this with
                {
                    BackBecause = BackBecause ?? Text(intent, "reason") ?? "a rollback was begun",
                }
            : key == Attempt.Key(Next) ? this with { Begun = Next, StableLost = StableLost || Flag(intent, "stable_lost") }
            : this;
    }

    static bool Flag(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    static int Index(LedgerEvent fact) => fact.Data["index"] is JsonValue value && value.TryGetValue<int>(out var index) ? index : -1;

    static string Reason(LedgerEvent fact, string otherwise) => Text(fact.Data, "reason") is { Length: > 0 } reason ? reason : otherwise;

    static string? Text(JsonObject data, string name) =>
        data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
