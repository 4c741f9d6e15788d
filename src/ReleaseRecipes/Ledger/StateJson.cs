using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>The state of the ledger as the JSON in <c>head.json</c>.</summary>
static class StateJson
{
    public static JsonObject Write(LedgerState state) =>
        new()
        {
            ["newest"] = Write(state.Newest),
            ["last_released"] = Write(state.LastReleased),
            ["lease"] = Write(state.Lease),
            ["fence"] = state.Fence,
            ["environments"] = new JsonObject(
                state.Environments.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Write(pair.Value)))
            ),
        };

    public static LedgerState Read(JsonObject json) =>
        new()
        {
            Newest = ReadRelease(json["newest"]),
            LastReleased = ReadRelease(json["last_released"]),
            Lease = ReadLease(json["lease"]),
            Fence = json["fence"]!.GetValue<long>(),
            Environments = ((JsonObject)json["environments"]!).ToDictionary(pair => pair.Key, pair => ReadPlace(pair.Key, pair.Value!)),
        };

    static JsonObject? Write(ReleaseRecord? release) =>
        release is null
            ? null
            : new JsonObject
            {
                ["version"] = release.Version,
                ["state"] = release.State,
                ["commit"] = release.Commit,
                ["plan"] = release.Plan,
            };

    static ReleaseRecord? ReadRelease(JsonNode? json) =>
        json is null ? null : new ReleaseRecord(Text(json, "version")!, Text(json, "state")!, Text(json, "commit")!, Text(json, "plan")!);

    static JsonObject? Write(LeaseRecord? lease) =>
        lease is null
            ? null
            : new JsonObject
            {
                ["owner"] = lease.Owner,
                ["fence"] = lease.Fence,
                ["since"] = EventHash.Time(lease.Since),
                ["expires"] = EventHash.Time(lease.Expires),
            };

    static LeaseRecord? ReadLease(JsonNode? json) =>
        json is null
            ? null
            : new LeaseRecord(
                Text(json, "owner")!,
                json["fence"]!.GetValue<long>(),
                EventHash.Time(Text(json, "since")!),
                EventHash.Time(Text(json, "expires")!)
            );

    static JsonObject Write(EnvironmentRecord place) =>
        new()
        {
            ["verified"] = place.Verified,
            ["digest"] = place.Digest,
            ["earlier"] = new JsonArray([.. place.Earlier.Select(version => (JsonNode)version)]),
            ["state"] = place.State,
            ["candidate"] = place.Candidate,
            ["weights"] = new JsonObject(place.Weights.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
            ["url"] = place.Url,
            ["lease"] = Write(place.Lease),
        };

    static EnvironmentRecord ReadPlace(string name, JsonNode json) =>
        new(name)
        {
            Verified = Text(json, "verified"),
            Digest = Text(json, "digest"),
            Earlier = [.. ((JsonArray)json["earlier"]!).Select(version => version!.GetValue<string>())],
            State = Text(json, "state")!,
            Candidate = Text(json, "candidate"),
            Weights = ((JsonObject)json["weights"]!).ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>()),
            Url = Text(json, "url"),
            Lease = ReadLease(json["lease"]),
        };

    static string? Text(JsonNode json, string name) => json[name]?.GetValue<string>();
}
