using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Ledger;

/// <summary>
/// JSON in its one canonical form (RFC 8785): members in the order of their names, no white space, the shortest numbers, nothing escaped
/// that need not be. Written by hand because the library's escaping depends on its version of Unicode, and a hash must not.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of a node.</summary>
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteList(text, '{', '}', members.OrderBy(member => member.Key, StringComparer.Ordinal), WriteMember);
                break;
            case JsonArray items:
                WriteList(text, '[', ']', items, Write);
                break;
            case JsonValue value:
                WriteValue(text, value);
                break;
        }
    }

    static void WriteList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<StringBuilder, T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            write(text, item);
        }

        text.Append(close);
    }

    static void WriteMember(StringBuilder text, KeyValuePair<string, JsonNode?> member)
    {
        WriteText(text, member.Key);
        text.Append(':');
        Write(text, member.Value);
    }

    static void WriteValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(
                    text,
                    value.TryGetValue<string>(out var plain) ? plain : JsonNode.Parse(value.ToJsonString())!.GetValue<string>()
                );
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.ToJsonString()));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>A number as ECMAScript writes it; whole numbers beyond its precision stay as they are rather than lose digits.</summary>
    static string Number(string json)
    {
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        var value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return json;
        }

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var mantissa = shortest[0].Split('.');
        var exponent = shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0;
        var all = string.Concat(mantissa);
        var digits = all.TrimStart('0');
        var point = mantissa[0].Length + exponent - (all.Length - digits.Length);
        return digits.Length == 0 ? "0" : (value < 0 ? "-" : "") + Place(digits.TrimEnd('0'), point);
    }

    static string Place(string digits, int point) =>
        point switch
        {
            > 21 or < -5 => digits[..1]
                + (digits.Length > 1 ? "." + digits[1..] : "")
                + (point > 0 ? "e+" : "e-")
                + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when point >= digits.Length => digits + new string('0', point - digits.Length),
            _ => digits[..point] + "." + digits[point..],
        };
}
