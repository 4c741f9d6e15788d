using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>A group of keys that fills one record. The record's own defaults are the keys' defaults.</summary>
sealed class Section<T>(T defaults) : Shape<T>, IEnumerable
    where T : class
{
    readonly List<Key<T>> keys = [];

    public override string Allowed => "a group of keys";

    /// <summary>Describes one key.</summary>
    public void Add<TValue>(
        string name,
        Shape<TValue> shape,
        Func<T, TValue?> get,
        Func<T, TValue, T> set,
        string meaning,
        bool required = false
    ) => keys.Add(new Key<T, TValue>(name, meaning, required, shape, get, set));

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = Read(node, path, reading, defaults);
        return true;
    }

    /// <summary>Fills the record with what the file says, and reports every key that it should not or must have.</summary>
    public T Read(YamlNode node, string path, StrategyReading reading, T record)
    {
        if (node is not YamlMap map)
        {
            Refuse(node, path, reading, $"{node.Kind} stands where a group of keys is called for");
            return record;
        }

        var entries = Entries(map, path, reading);
        foreach (var key in keys)
        {
            if (entries.TryGetValue(key.Name, out var value))
            {
                record = key.Read(record, value, $"{path}.{key.Name}", reading);
            }
            else if (key.Required)
            {
                reading.Report(path, node.Place, $"{key.Name} is missing", $"Write {key.Name}: {key.Allowed}.");
            }
        }

        return record;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)key.Schema(defaults)))),
        };
        if (keys.Any(key => key.Required))
        {
            schema["required"] = new JsonArray([.. keys.Where(key => key.Required).Select(key => JsonValue.Create(key.Name))]);
        }

        return schema;
    }

    public override JsonNode? Json(T value) => new JsonObject(keys.Select(key => KeyValuePair.Create(key.Name, key.Json(value))));

    public override IEnumerable<(string Path, string Value)> Values(string path, T value) =>
        keys.SelectMany(key => key.Values($"{path}.{key.Name}", value));

    public override IEnumerable<KeyDescription> Keys(string path) => keys.SelectMany(key => key.Describe($"{path}.{key.Name}", defaults));

    Dictionary<string, YamlNode> Entries(YamlMap map, string path, StrategyReading reading)
    {
        var entries = new Dictionary<string, YamlNode>();
        foreach (var (key, value) in map.Entries.TakeWhile(_ => !reading.Full))
        {
            if (keys.All(known => known.Name != key.Text))
            {
                reading.Report($"{path}.{key.Text}", key.Place, $"{StrategyReading.Show(key.Text)} is no key here", Meant(key.Text));
            }
            else if (!entries.TryAdd(key.Text, value))
            {
                reading.Report(
                    $"{path}.{key.Text}",
                    key.Place,
                    $"{key.Text} is there twice",
                    $"Keep one; the first is in line {reading.Places[$"{path}.{key.Text}"].Line}."
                );
            }
            else
            {
                reading.Found($"{path}.{key.Text}", key.Place);
            }
        }

        return entries;
    }

    string Meant(string name) =>
        keys.FirstOrDefault(key => key.Name.EndsWith("_env", StringComparison.Ordinal) && SecretKeys.Fits(name, key.Name)) is { } variable
            ? $"Secrets are never written in this file: write {variable.Name} with the name of the environment variable that holds it."
        : SecretKeys.IsOne(name) ? "Secrets are never written in this file; name the environment variable that holds it under secrets."
        : Suggestion.Nearest(name, keys.Select(key => key.Name)) is { } meant ? $"Did you mean {meant}?"
        : $"Allowed here: {string.Join(", ", keys.Select(key => key.Name))}.";

    IEnumerator IEnumerable.GetEnumerator() => keys.GetEnumerator();
}
