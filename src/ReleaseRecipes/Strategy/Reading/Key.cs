using System.Text.Json.Nodes;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>One key of a group.</summary>
abstract class Key<T>(string name, string meaning, bool required)
{
    public string Name => name;

    public string Meaning => meaning;

    /// <summary>Whether the group makes no sense without it.</summary>
    public bool Required => required;

    public abstract string Allowed { get; }

    public abstract T Read(T record, YamlNode node, string path, StrategyReading reading);

    public abstract JsonObject Schema(T defaults);

    public abstract JsonNode? Json(T record);

    public abstract IEnumerable<(string Path, string Value)> Values(string path, T record);

    public abstract IEnumerable<KeyDescription> Describe(string path, T defaults);
}

/// <summary>One key, with how its value is read and where in the record it belongs.</summary>
sealed class Key<T, TValue>(string name, string meaning, bool required, Shape<TValue> shape, Func<T, TValue?> get, Func<T, TValue, T> set)
    : Key<T>(name, meaning, required)
{
    public override string Allowed => shape.Allowed;

    public override T Read(T record, YamlNode node, string path, StrategyReading reading) =>
        shape.TryRead(node, path, reading, out var value) ? set(record, value) : record;

    public override JsonObject Schema(T defaults)
    {
        var schema = shape.Schema();
        schema["description"] = Meaning;
        if (!shape.Keys("").Any() && Json(defaults) is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    public override JsonNode? Json(T record) => get(record) is { } value ? shape.Json(value) : null;

    public override IEnumerable<(string Path, string Value)> Values(string path, T record) =>
        get(record) is { } value ? shape.Values(path, value) : [(path, "none")];

    public override IEnumerable<KeyDescription> Describe(string path, T defaults)
    {
        var inner = shape.Keys(path).ToList();
        return inner.Count > 0
            ? inner.Prepend(new KeyDescription(path, "", "", Meaning))
            : [new KeyDescription(path, Allowed, get(defaults) is { } value ? shape.Values(path, value).First().Value : "", Meaning)];
    }
}
