using System.Text.Json.Nodes;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Tagging;

namespace ReleaseRecipes.Planning;

/// <summary>How far one release has come, as its events say: only those since it was last planned count.</summary>
public sealed record ReleaseProgress
{
    /// <summary>What was planned; null where this version never was.</summary>
    public LedgerEvent? Planned { get; init; }

    /// <summary>Gate name to its last record.</summary>
    public IReadOnlyDictionary<string, JsonObject> Gates { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>The package: digest and files.</summary>
    public JsonObject? Package { get; init; }

    /// <summary>The commits that tags were put on, by the key of the effect.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The commit that carries the tag, of several components every tag; null before that.</summary>
    public string? TaggedCommit => Tags.Count > 0 && Tags.Count >= (Components?.Count ?? 1) ? Tags.Values.First() : null;

    JsonArray? Components => Planned?.Data["components"] as JsonArray;

    /// <summary>The environments that this release was verified in.</summary>
    public IReadOnlySet<string> Verified { get; init; } = new HashSet<string>();

    /// <summary>Environment to the digest of the artefacts that were verified there.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>();

    /// <summary>The environments that it was taken back from, and why.</summary>
    public IReadOnlyDictionary<string, string> RolledBack { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether all of it is done.</summary>
    public bool Released { get; init; }

    /// <summary>Whether the release was planned as this plan says; what was done for another commit or another strategy does not count for it.</summary>
    public bool IsOf(ReleasePlan plan) => Planned?.Data["plan"]?.GetValue<string>() == plan.Hash;

    /// <summary>Reads the events of one version in their order.</summary>
    public static ReleaseProgress Of(IReadOnlyList<LedgerEvent> events) => events.Aggregate(new ReleaseProgress(), Next);

    static ReleaseProgress Next(ReleaseProgress progress, LedgerEvent fact) =>
        fact.Kind switch
        {
            EventKinds.Planned => new ReleaseProgress { Planned = fact },
            EventKinds.Gate when fact.Data["name"]?.GetValue<string>() is { } gate => progress with
            {
                Gates = new Dictionary<string, JsonObject>(progress.Gates) { [gate] = fact.Data },
            },
            EventKinds.Step when Is(fact, "step", "Package") => progress with { Package = fact.Data["package"] as JsonObject },
            EventKinds.Outcome when Text(fact, "key") is { } key && Effect.IsTag(key) && fact.Data["outcome"]?["commit"] is { } commit =>
                progress with
                {
                    Tags = new Dictionary<string, string>(progress.Tags) { [Making.Base(key)] = commit.GetValue<string>() },
                },
            EventKinds.Verified when Environment(fact) is { } name => progress with
            {
                Verified = new HashSet<string>(progress.Verified) { name },
                Digests = new Dictionary<string, string>(progress.Digests) { [name] = fact.Data["digest"]?.GetValue<string>() ?? "" },
                RolledBack = progress.RolledBack.Where(pair => pair.Key != name).ToDictionary(),
            },
            EventKinds.RolledBack when Environment(fact) is { } name => progress with
            {
                Verified = progress.Verified.Where(other => other != name).ToHashSet(),
                Digests = progress.Digests.Where(pair => pair.Key != name).ToDictionary(),
                RolledBack = new Dictionary<string, string>(progress.RolledBack) { [name] = fact.Data["reason"]?.GetValue<string>() ?? "" },
            },
            EventKinds.Released => progress with { Released = true },
            _ => progress,
        };

    static string? Environment(LedgerEvent fact) => Text(fact, "environment");

    static bool Is(LedgerEvent fact, string name, string value) => Text(fact, name) == value;

    static string? Text(LedgerEvent fact, string name) => fact.Data[name]?.GetValue<string>();
}
