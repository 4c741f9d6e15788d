using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>The ledger's <c>head.json</c>: everything that an append or <c>Status</c> needs, in one blob.</summary>
/// <param name="Commit">The commit it was read from; null in a ledger that does not exist yet.</param>
/// <param name="Head">Where the ledger ends.</param>
/// <param name="Last">The release that the last event belongs to.</param>
/// <param name="Recent">The releases under <c>releases/</c>, oldest first.</param>
sealed record StoredHead(string? Commit, LedgerHead Head, string Last, IReadOnlyList<string> Recent)
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static StoredHead None { get; } = new(null, LedgerHead.Empty, "", []);

    public string ToJson() =>
        new JsonObject
        {
            ["count"] = Head.Count,
            ["hash"] = Head.Hash,
            ["last"] = Last,
            ["state"] = StateJson.Write(Head.State),
            ["recent"] = new JsonArray([.. Recent.Select(release => (JsonNode)release)]),
        }.ToJsonString(Readable) + "\n";

    /// <exception cref="FormatException">The text is no head of a ledger.</exception>
    public static StoredHead Parse(string commit, string json)
    {
        try
        {
            var root = (JsonObject)JsonNode.Parse(json)!;
            var state = StateJson.Read((JsonObject)root["state"]!);
            return new StoredHead(
                commit,
                new LedgerHead(root["count"]!.GetValue<long>(), root["hash"]!.GetValue<string>(), state),
                root["last"]!.GetValue<string>(),
                [.. ((JsonArray)root["recent"]!).Select(release => release!.GetValue<string>())]
            );
        }
        catch (Exception problem)
            when (problem
                    is JsonException
                        or NullReferenceException
                        or InvalidCastException
                        or InvalidOperationException
                        or ArgumentException
            )
        {
            throw new FormatException("The file is no head of a ledger.", problem);
        }
    }
}
