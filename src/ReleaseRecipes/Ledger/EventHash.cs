using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Hashes events so that a changed, missing or moved one shows.</summary>
public static class EventHash
{
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 over the canonical JSON of everything in the event but its hash, lower-case hex.</summary>
    public static string Of(LedgerEvent fact) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(ToJson(fact, withHash: false)))));

    /// <summary>The event as the JSON object that is stored.</summary>
    public static JsonObject ToJson(LedgerEvent fact, bool withHash = true)
    {
        var json = new JsonObject
        {
            ["sequence"] = fact.Sequence,
            ["release"] = fact.Release,
            ["kind"] = fact.Kind,
            ["at"] = fact.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
            ["actor"] = fact.Actor,
            ["data"] = fact.Data.DeepClone(),
            ["previous"] = fact.Previous,
        };
        if (withHash)
        {
            json["hash"] = fact.Hash;
        }

        return json;
    }

    /// <summary>JSON with its members in the order of their names and no white space (RFC 8785).</summary>
    public static string Canonical(JsonNode? node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
