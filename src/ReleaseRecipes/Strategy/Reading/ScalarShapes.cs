using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>true or false, and none of YAML's other words for them.</summary>
sealed class FlagShape : Shape<bool>
{
    public override string Allowed => "true or false";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, out bool value)
    {
        value = node is YamlScalar { Text: "true" };
        return node is YamlScalar { Quoted: false, Text: "true" or "false" } || Refuse(node, path, reading);
    }

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override JsonNode? Json(bool value) => value;
}

/// <summary>A whole number.</summary>
sealed class WholeShape(int least, int most, string? unit = null) : Shape<int>
{
    public override string Allowed => $"a whole number from {least} to {most}{(unit is null ? "" : " " + unit)}, without quotes";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, out int value)
    {
        value = 0;
        // 010 is eight to some YAML readers.
        var isWhole =
            node is YamlScalar { Quoted: false, Text: var text }
            && (text.Length == 1 || !text.StartsWith('0'))
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= least
            && value <= most;
        return isWhole || Refuse(node, path, reading);
    }

    public override JsonObject Schema() =>
        new()
        {
            ["type"] = "integer",
            ["minimum"] = least,
            ["maximum"] = most,
        };

    public override JsonNode? Json(int value) => value;
}

/// <summary>A duration with its unit.</summary>
sealed class DurationShape(bool zero = false) : Shape<TimeSpan>
{
    public override string Allowed => zero ? $"{Durations.Allowed}; 0s for none" : Durations.Allowed;

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, out TimeSpan value)
    {
        value = default;
        if (node is not YamlScalar scalar)
        {
            return Refuse(node, path, reading);
        }

        if (double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return Refuse(node, path, reading, $"{StrategyReading.Show(scalar.Text)} has no unit");
        }

        return (Durations.TryParse(scalar.Text, out value) && (zero || value > TimeSpan.Zero)) || Refuse(node, path, reading);
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$" };

    public override JsonNode? Json(TimeSpan value) => Durations.Format(value);
}

/// <summary>One of several words, each with its value.</summary>
sealed class ChoiceShape<T> : Shape<T>, IEnumerable
    where T : notnull
{
    readonly List<Choice> choices = [];

    public override string Allowed => "one of " + string.Join(", ", Words);

    IEnumerable<string> Words => choices.Select(choice => choice.Word);

    public void Add(string word, T value) => choices.Add(new Choice(word, value));

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out T value)
    {
        var chosen = choices.Find(choice => choice.Word == (node as YamlScalar)?.Text);
        value = chosen is null ? default : chosen.Value;
        return chosen is not null || Refuse(node, path, reading, NameShape.NotOneOf(node, Words));
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]) };

    public override JsonNode? Json(T value) => choices.Find(choice => choice.Value.Equals(value))!.Word;

    IEnumerator IEnumerable.GetEnumerator() => choices.GetEnumerator();

    sealed record Choice(string Word, T Value);
}

/// <summary>One of the names that are built in or registered.</summary>
sealed class NameShape(Func<KnownNames, IReadOnlyList<string>> names) : Shape<string>
{
    public override string Allowed => "one of " + string.Join(", ", names(KnownNames.BuiltIn));

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlScalar)?.Text ?? "";
        if (names(reading.Names).Contains(value))
        {
            return true;
        }

        reading.Report(
            path,
            node.Place,
            NotOneOf(node, names(reading.Names)) ?? $"{node.Kind} stands where a name is called for",
            $"Write one of {string.Join(", ", names(reading.Names))}."
        );
        return false;
    }

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. names(KnownNames.BuiltIn).Select(name => JsonValue.Create(name))]) };

    public override JsonNode? Json(string value) => value;

    /// <summary>What is wrong with a word that is none of the known; null where it is no word at all.</summary>
    public static string? NotOneOf(YamlNode node, IEnumerable<string> known) =>
        node is not YamlScalar { Kind: not "nothing" } word ? null
        : Suggestion.Nearest(word.Text, known) is { } meant ? $"{StrategyReading.Show(word.Text)} is not known: did you mean {meant}?"
        : $"{StrategyReading.Show(word.Text)} is not known";
}

/// <summary>A condition over metrics.</summary>
sealed class ThresholdShape : Shape<string>
{
    public override string Allowed => "a condition such as coverage > 85% or error_rate > 1% OR response_time > 2s";

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlScalar)?.Text ?? "";
        if (node is not YamlScalar { Kind: not "nothing" } scalar)
        {
            return Refuse(node, path, reading);
        }

        if (Threshold.TryParse(value, out _, out var problem))
        {
            return true;
        }

        var place = scalar.Inner is { } inner ? inner with { Column = inner.Column + problem.Column - 1 } : scalar.Place;
        reading.Report(path, place, problem.What, problem.Todo);
        return false;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    public override JsonNode? Json(string value) => value;
}
