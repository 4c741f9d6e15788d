using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Values of JSON reports, strictly: what a format promises must be there and of its kind.</summary>
static class JsonValues
{
    public static bool Has(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    /// <summary>The value of a name that must be there.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public static JsonElement Need(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            ? value
            : throw new FormatException($"\"{name}\" is missing");

    /// <summary>The object of a name, or nothing; null counts as not there.</summary>
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A text; null where it is not there.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A count that must be there and cannot be negative.</summary>
    public static long Count(this JsonElement json, string name)
    {
        var value = json.Need(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= 1_000_000_000_000_000
            ? count
            : throw new FormatException($"\"{name}\" is {XmlValues.Shortened(value.GetRawText())}, which is no count");
    }

    /// <summary>A number, possibly not whole, that must be there, finite and not negative.</summary>
    public static double Number(this JsonElement json, string name)
    {
        var value = json.Need(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0
            ? number
            : throw new FormatException($"\"{name}\" is {XmlValues.Shortened(value.GetRawText())}, which is no number");
    }

    /// <summary>The items of a list that must be there.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement json, string name) =>
        json.Need(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
            : throw new FormatException($"\"{name}\" is no list");

    /// <summary>The items of a list; none where it is not there.</summary>
    public static IEnumerable<JsonElement> ItemsIfAny(this JsonElement json, string name) =>
        json.Find(name) is null ? [] : json.Items(name);

    /// <summary>The members of an object that must be there.</summary>
    public static JsonElement.ObjectEnumerator Members(this JsonElement json, string name) =>
        json.Need(name) is { ValueKind: JsonValueKind.Object } members
            ? members.EnumerateObject()
            : throw new FormatException($"\"{name}\" is no object");
}
