using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>Events as the lines that are stored, and their hashes, by which a changed, missing or moved one shows.</summary>
public static class EventHash
{
    const string HashMember = ",\"hash\":\"";
    const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>The event that follows a head.</summary>
    public static LedgerEvent Chain(LedgerHead head, string release, string kind, DateTimeOffset at, string actor, JsonObject data)
    {
        var unhashed = new LedgerEvent
        {
            Sequence = head.Count + 1,
            Release = release,
            Kind = kind,
            At = at,
            Actor = actor,
            Data = data,
            Previous = head.Hash,
            Hash = "",
        };
        return unhashed with { Hash = Of(unhashed) };
    }

    /// <summary>SHA-256 over the canonical JSON of everything in the event but its hash, lower-case hex.</summary>
    public static string Of(LedgerEvent fact) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(ToJson(fact, withHash: false)))));

    /// <summary>The hash that a stored line ought to have, taken from its text as it stands: everything but the hash itself.</summary>
    public static string OfLine(string line)
    {
        // The last one: what comes behind the hash is no object, and inside of strings quotes are escaped.
        var at = line.LastIndexOf(HashMember, StringComparison.Ordinal);
        var end = at + HashMember.Length + 65;
        return at < 0 || end > line.Length
            ? ""
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(line.AsSpan(0, at), line.AsSpan(end)))));
    }

    /// <summary>The event as one line of canonical JSON, without the line's end.</summary>
    public static string ToLine(LedgerEvent fact) => CanonicalJson.Of(ToJson(fact));

    /// <summary>The event that a line holds. Its hash is not checked.</summary>
    /// <exception cref="FormatException">It holds none.</exception>
    public static LedgerEvent FromLine(string line)
    {
        try
        {
            var json = (JsonObject)JsonNode.Parse(line)!;
            var data = json["data"] as JsonObject ?? throw new FormatException("The event has no data.");
            json.Remove("data");
            return new LedgerEvent
            {
                Sequence = json["sequence"]!.GetValue<long>(),
                Release = json["release"]!.GetValue<string>(),
                Kind = json["kind"]!.GetValue<string>(),
                At = Time(json["at"]!.GetValue<string>()),
                Actor = json["actor"]!.GetValue<string>(),
                Data = data,
                Previous = json["previous"]!.GetValue<string>(),
                Hash = json["hash"]!.GetValue<string>(),
            };
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
            throw new FormatException("The line is no event of a ledger.", problem);
        }
    }

    /// <summary>The event as the JSON object that is stored.</summary>
    public static JsonObject ToJson(LedgerEvent fact, bool withHash = true)
    {
        var json = new JsonObject
        {
            ["sequence"] = fact.Sequence,
            ["release"] = fact.Release,
            ["kind"] = fact.Kind,
            ["at"] = Time(fact.At),
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

    /// <summary>A time as the ledger writes it: UTC, to the millisecond.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The time that the ledger wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(
            text,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
