using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>Text.</summary>
/// <param name="allowed">What is allowed.</param>
/// <param name="fits">Whether a text is.</param>
/// <param name="pattern">A regular expression for the schema that refuses nothing that fits.</param>
/// <param name="lines">Whether it may have several lines.</param>
/// <param name="secret">Whether a wrong value may be a secret that was put in the wrong place, so that no message may show it.</param>
sealed class TextShape(string allowed, Func<string, bool>? fits = null, string? pattern = null, bool lines = false, bool secret = false)
    : Shape<string>
{
    public override string Allowed => allowed;

    public override bool TryRead(YamlNode node, string path, StrategyReading reading, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlScalar)?.Text ?? "";
        return (node, value) switch
        {
            (not YamlScalar { Kind: not "nothing" }, _) => Refuse(node, path, reading),
            (YamlScalar { Quoted: false }, var text) when PlainScalars.IsNotText(text) => Quote(node, path, reading, text),
            (_, var text) when HasControls(text, lines) => Refuse(node, path, reading, "there are control characters or line ends in it"),
            (_, var text) when text.Length == 0 || fits?.Invoke(text) == false => Refuse(
                node,
                path,
                reading,
                secret ? "the value is not shown, it may be a secret" : null
            ),
            _ => true,
        };
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    public override JsonNode? Json(string value) => value;

    static bool Quote(YamlNode node, string path, StrategyReading reading, string text)
    {
        reading.Report(path, node.Place, $"{text} is no text to every YAML reader", $"Write it in quotes: \"{text}\".");
        return false;
    }

    /// <summary>A command may have several lines and tabs; overrides of the direction of writing hide what it does.</summary>
    static bool HasControls(string text, bool lines) =>
        text.Any(character =>
            (char.IsControl(character) && !(lines && character is '\n' or '\t'))
            || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        );
}
