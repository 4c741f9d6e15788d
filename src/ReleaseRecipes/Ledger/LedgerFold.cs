using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Adds one event to the state of the ledger. Pure, and never fails: what an event does not say, it does not change.</summary>
public static class LedgerFold
{
    const int EarlierKept = 20;

    /// <summary>The state after all of the events.</summary>
    public static LedgerState Of(IEnumerable<LedgerEvent> events) => events.Aggregate(LedgerState.Empty, Apply);

    /// <summary>The state after the event.</summary>
    public static LedgerState Apply(LedgerState state, LedgerEvent fact) =>
        fact.Kind switch
        {
            EventKinds.Planned => state with
            {
                Newest = new ReleaseRecord(fact.Release, "draft", Text(fact, "commit") ?? "", Text(fact, "plan") ?? ""),
            },
            EventKinds.Step when IsGates(fact) => Become(state, fact.Release, "ready", from: ["draft", "failed"]),
            EventKinds.RolloutStarted => Become(
                With(state, fact, place => place with { State = "rolling_out", Candidate = fact.Release }),
                fact.Release,
                "ready",
                from: ["draft", "paused", "failed", "rolled_back"]
            ),
            EventKinds.Moved => With(state, fact, place => place with { Weights = Weights(fact) ?? place.Weights }),
            EventKinds.Paused => Become(
                With(state, fact, place => place.Candidate is null ? place : place with { State = "paused" }),
                fact.Release,
                "paused",
                from: ["draft", "ready", "failed"]
            ),
            EventKinds.Resumed => Become(
                With(state, fact, place => place.Candidate is null ? place : place with { State = "rolling_out" }),
                fact.Release,
                "ready",
                from: ["paused"]
            ),
            EventKinds.Verified => With(state, fact, place => Verified(place, fact)),
            EventKinds.RolledBack => Become(With(state, fact, place => RolledBack(place, fact)), Text(fact, "from"), "rolled_back"),
            EventKinds.LeaseTaken => LeaseFold.Taken(state, fact),
            EventKinds.LeaseReleased => LeaseFold.Released(state, fact),
            EventKinds.Released => Released(state, fact.Release),
            EventKinds.Failed => Become(state, fact.Release, "failed", from: ["draft", "ready", "paused"]),
            EventKinds.Aborted => Become(Aborted(state, fact.Release), fact.Release, "aborted"),
            _ => state,
        };

    static bool IsGates(LedgerEvent fact) =>
        string.Equals(Text(fact, "step"), "gates", StringComparison.OrdinalIgnoreCase) && Text(fact, "result") is "done" or "off";

    static EnvironmentRecord Verified(EnvironmentRecord place, LedgerEvent fact) =>
        place with
        {
            Verified = fact.Release,
            Digest = Text(fact, "digest"),
            Url = Text(fact, "url") ?? place.Url,
            Earlier =
            [
                .. new[] { place.Verified }
                    .OfType<string>()
                    .Concat(place.Earlier)
                    .Where(version => version != fact.Release)
                    .Take(EarlierKept),
            ],
            State = "idle",
            Candidate = null,
            Weights = new Dictionary<string, int> { [fact.Release] = 100 },
        };

    static EnvironmentRecord RolledBack(EnvironmentRecord place, LedgerEvent fact)
    {
        if (fact.Data["restored"] is JsonValue restored && restored.TryGetValue<bool>(out var done) && !done)
        {
            return place with { State = "failed", Candidate = null };
        }

        var to = Text(fact, "to");
        return place with
        {
            Verified = to ?? place.Verified,
            Digest = to == place.Verified ? place.Digest : Text(fact, "digest"),
            Earlier = [.. place.Earlier.Skip(Index(place.Earlier, to) + 1)],
            State = "idle",
            Candidate = null,
            Weights = to is null ? new Dictionary<string, int>() : new Dictionary<string, int> { [to] = 100 },
        };
    }

    static int Index(IReadOnlyList<string> versions, string? version)
    {
        for (var at = 0; at < versions.Count; at++)
        {
            if (versions[at] == version)
            {
                return at;
            }
        }

        return -1;
    }

    static LedgerState Released(LedgerState state, string release) =>
        state.Newest is { } newest && newest.Version == release
            ? state with
            {
                Newest = newest with { State = "released" },
                LastReleased = newest with { State = "released" },
            }
            : state;

    static LedgerState Aborted(LedgerState state, string release) =>
        state with
        {
            Environments = state.Environments.ToDictionary(
                pair => pair.Key,
                pair =>
                    pair.Value.Candidate == release
                        ? pair.Value with
                        {
                            Candidate = null,
                            State = pair.Value.State == "failed" ? "failed" : "idle",
                        }
                        : pair.Value
            ),
        };

    static LedgerState Become(LedgerState state, string? release, string next, IReadOnlyList<string>? from = null) =>
        state.Newest is { } newest && newest.Version == release && (from is null || from.Contains(newest.State))
            ? state with
            {
                Newest = newest with { State = next },
            }
            : state;

    internal static LedgerState With(LedgerState state, LedgerEvent fact, Func<EnvironmentRecord, EnvironmentRecord> change) =>
        Text(fact, "environment") is not { } name
            ? state
            : state with
            {
                Environments = new Dictionary<string, EnvironmentRecord>(state.Environments) { [name] = change(state.Environment(name)) },
            };

    static Dictionary<string, int>? Weights(LedgerEvent fact) =>
        (fact.Data["weights"] as JsonObject)
            ?.Where(pair => pair.Value is JsonValue value && value.TryGetValue<int>(out _))
            .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>());

    internal static string? Text(LedgerEvent fact, string name) =>
        fact.Data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
