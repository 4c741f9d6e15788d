using System.Text.Json.Nodes;
using ReleaseRecipes.Components;
using ReleaseRecipes.Ledger;
using ReleaseRecipes.Versioning;

namespace ReleaseRecipes.Flow;

/// <summary>How the ledger keeps the decision of a release and of each of its components.</summary>
static class PlannedParts
{
    /// <summary>The components that a planned release releases; empty where it releases the repository as one.</summary>
    public static IReadOnlyList<ComponentVersion> Of(LedgerEvent planned) =>
        planned.Data["components"] is JsonArray components
            ?
            [
                .. components
                    .OfType<JsonObject>()
                    .Select(one => new ComponentVersion(Text(one, "name") ?? "", Read(one, Text(one, "version") ?? ""))),
            ]
            : [];

    /// <summary>The notes that a release was planned with: of one component, or of the whole where it is null.</summary>
    public static string NotesOf(LedgerEvent planned, string? component) =>
        component is null
            ? Text(planned.Data, "notes") ?? ""
            : (planned.Data["components"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Where(one => Text(one, "name") == component)
                .Select(one => Text(one, "notes"))
                .FirstOrDefault()
                ?? "";

    public static VersionDecision Read(JsonObject data, string version) =>
        new()
        {
            Version = version,
            FullVersion = Text(data, "full_version") ?? version,
            Tag = Text(data, "tag") ?? "",
            Previous = Text(data, "previous"),
            Bump = Text(data, "bump") ?? "none",
            Reason = Text(data, "reason") ?? "",
            Commit = Text(data, "commit") ?? "",
            Branch = Text(data, "branch"),
        };

    public static JsonObject Write(VersionDecision version, string notes) =>
        new()
        {
            ["full_version"] = version.FullVersion,
            ["tag"] = version.Tag,
            ["previous"] = version.Previous,
            ["bump"] = version.Bump,
            ["reason"] = version.Reason,
            ["commit"] = version.Commit,
            ["branch"] = version.Branch,
            ["notes"] = notes,
        };

    public static JsonObject Write(ComponentVersion component, string notes)
    {
        var record = Write(component.Decision, notes);
        record["name"] = component.Name;
        record["version"] = component.Decision.Version;
        return record;
    }

    static string? Text(JsonObject data, string name) => data[name]?.GetValue<string>();
}
