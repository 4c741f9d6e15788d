using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>A list of values.</summary>
sealed class ListShape<T>(Shape<T> item) : Shape<IReadOnlyList<T>>
{
    public override string Allowed => $"a list, each {item.Allowed}";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is not YamlList list)
        {
            return Refuse(
                node,
                path,
                reading,
                node is YamlScalar { Kind: not "nothing" } ? "a single value stands where a list is called for" : null
            );
        }

        var values = new List<T>();
        for (var i = 0; i < list.Items.Count && !reading.Full; i++)
        {
            var itemPath = $"{path}[{i}]";
            reading.Found(itemPath, list.Items[i].Place);
            if (item.TryRead(list.Items[i], itemPath, reading, out var read))
            {
                values.Add(read);
            }
        }

        value = values;
        return true;
    }

    public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = item.Schema() };

    public override JsonNode? Json(IReadOnlyList<T> value) => new JsonArray([.. value.Select(item.Json)]);

    public override IEnumerable<(string Path, string Value)> Values(string path, IReadOnlyList<T> value) =>
        item.Keys("").Any() && value.Count > 0
            ? value.SelectMany((each, i) => item.Values($"{path}[{i}]", each))
            : base.Values(path, value);

    public override IEnumerable<KeyDescription> Keys(string path) => item.Keys(path + "[]");
}

/// <summary>Names that the user chooses, each with a value.</summary>
sealed class TableShape(string keys, Func<string, bool> isKey, Shape<string> value) : Shape<IReadOnlyDictionary<string, string>>
{
    public override string Allowed => $"a group of {keys}, each with {value.Allowed}";

    public override bool TryRead(
        YamlNode node,
        string path,
        StrategyReading reading,
        [MaybeNullWhen(false)] out IReadOnlyDictionary<string, string> table
    )
    {
        table = null;
        if (node is not YamlMap map)
        {
            return Refuse(node, path, reading);
        }

        var values = new Dictionary<string, string>();
        foreach (var (key, entry) in map.Entries.TakeWhile(_ => !reading.Full))
        {
            var entryPath = $"{path}.{key.Text}";
            reading.Found(entryPath, key.Place);
            if (!isKey(key.Text) || values.ContainsKey(key.Text))
            {
                reading.Report(
                    path,
                    key.Place,
                    values.ContainsKey(key.Text)
                        ? $"{StrategyReading.Show(key.Text)} is there twice"
                        : $"{StrategyReading.Show(key.Text)} is not one of {keys}",
                    $"Write {Allowed}."
                );
            }
            else if (value.TryRead(entry, entryPath, reading, out var read))
            {
                values[key.Text] = read;
            }
        }

        table = values;
        return true;
    }

    public override JsonObject Schema() => new() { ["type"] = "object", ["additionalProperties"] = value.Schema() };

    public override JsonNode? Json(IReadOnlyDictionary<string, string> table) =>
        new JsonObject(table.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
}

/// <summary>Groups of the same keys under names that the user chooses, in the order of the file.</summary>
sealed class NamedShape<T>(string names, Func<string, bool> isName, Section<T> section, Func<string, T> create, Func<T, string> nameOf)
    : Shape<IReadOnlyList<T>>
    where T : class
{
    public override string Allowed => $"a group of {names}";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            return Refuse(node, path, reading);
        }

        var groups = new List<T>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, entry) in map.Entries.TakeWhile(_ => !reading.Full))
        {
            var groupPath = $"{path}.{key.Text}";
            if (!isName(key.Text))
            {
                reading.Report(
                    path,
                    key.Place,
                    $"{StrategyReading.Show(key.Text)} is no name for one of {names}",
                    "Write letters, digits, '-' and '_', beginning with a letter, at most 40."
                );
            }
            else if (!seen.Add(key.Text))
            {
                reading.Report(
                    groupPath,
                    key.Place,
                    $"{key.Text} is there twice, upper and lower case being the same",
                    "Keep one of them."
                );
            }
            else
            {
                reading.Found(groupPath, key.Place);
                groups.Add(section.Read(entry, groupPath, reading, create(key.Text)));
            }
        }

        value = groups;
        return true;
    }

    public override JsonObject Schema() =>
        new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]{0,39}$" },
            ["additionalProperties"] = section.Schema(),
        };

    public override JsonNode? Json(IReadOnlyList<T> value) =>
        new JsonObject(value.Select(each => KeyValuePair.Create(nameOf(each), section.Json(each))));

    public override IEnumerable<(string Path, string Value)> Values(string path, IReadOnlyList<T> value) =>
        value.Count == 0 ? base.Values(path, value) : value.SelectMany(each => section.Values($"{path}.{nameOf(each)}", each));

    public override IEnumerable<KeyDescription> Keys(string path) => section.Keys($"{path}.<{names.TrimEnd('s')}>");
}

/// <summary>A value that may be left out.</summary>
sealed class MaybeShape<T>(Shape<T> shape) : Shape<T?>
    where T : struct
{
    public override string Allowed => shape.Allowed;

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, out T? value)
    {
        var isRead = shape.TryRead(node, path, reading, out var read);
        value = isRead ? read : null;
        return isRead;
    }

    public override JsonObject Schema() => shape.Schema();

    public override JsonNode? Json(T? value) => value is { } there ? shape.Json(there) : null;
}

/// <summary>A list, or a single value that stands for a list of one.</summary>
sealed class OneOrMoreShape<T>(Shape<T> item) : Shape<IReadOnlyList<T>>
{
    readonly ListShape<T> list = new(item);

    public override string Allowed => $"{item.Allowed}, or a list of such";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is YamlList { Items: var items })
        {
            return items.Count > 0
                ? list.TryRead(node, path, reading, out value)
                : Refuse(node, path, reading, "there is nothing in the list");
        }

        if (!item.TryRead(node, path, reading, out var one))
        {
            return false;
        }

        value = [one];
        return true;
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(item.Schema(), list.Schema()) };

    public override JsonNode? Json(IReadOnlyList<T> value) => list.Json(value);
}
