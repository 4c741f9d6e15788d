using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>
/// A kind of value in the strategy file. From the one description of a key's shape come its reading, its schema, its line in
/// <c>Explain</c> and its documentation.
/// </summary>
abstract class Shape<T>
{
    /// <summary>What is allowed, as the end of a sentence that begins with "Write".</summary>
    public abstract string Allowed { get; }

    /// <summary>Reads a value, or reports why it is none.</summary>
    public abstract bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>The value as JSON; null where nothing is set.</summary>
    public abstract JsonNode? Json(T value);

    /// <summary>The single values inside of this one, each with its path.</summary>
    public virtual IEnumerable<(string Path, string Value)> Values(string path, T value) => [(path, Text(Json(value)))];

    /// <summary>The keys inside of this value, for the documentation.</summary>
    public virtual IEnumerable<KeyDescription> Keys(string path) => [];

    /// <summary>Reports that a value is not what is allowed.</summary>
    protected bool Refuse(YamlNode node, string path, StrategyReading reading, string? what = null)
    {
        reading.Report(
            path,
            node.Place,
            what
                ?? (
                    node is YamlScalar { Kind: not "nothing" } scalar
                        ? $"{StrategyReading.Show(scalar.Text)} is not allowed"
                        : $"{node.Kind} stands where a value is called for"
                ),
            $"Write {Allowed}."
        );
        return false;
    }

    /// <summary>JSON as a person writes it in YAML.</summary>
    protected static string Text(JsonNode? json) =>
        json switch
        {
            null => "none",
            JsonArray items => $"[{string.Join(", ", items.Select(Text))}]",
            JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{member.Key}: {Text(member.Value)}"))}}}",
            _ => json.ToString(),
        };
}

/// <summary>One key for the documentation.</summary>
sealed record KeyDescription(string Path, string Allowed, string Default, string Meaning);
