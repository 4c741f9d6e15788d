using System.Globalization;

namespace ReleaseRecipes.Strategy.Reading;

/// <summary>Unquoted values that YAML readers do not agree on: <c>no</c> is false to some and text to others, <c>1.10</c> is 1.1 to most.</summary>
static class PlainScalars
{
    static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "yes", "no", "on", "off", "y", "n", "true", "false" };

    public static bool IsNothing(string text) => text is "" or "~" || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    public static bool IsWord(string text) => Words.Contains(text);

    /// <summary>Whether some YAML reader takes the unquoted letters for something else than text.</summary>
    public static bool IsNotText(string text) => IsNothing(text) || IsWord(text) || IsNumber(text);

    static bool IsNumber(string text)
    {
        var digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        return digits.Length > 0
            && (char.IsAsciiDigit(digits[0]) || digits[0] == '.')
            && (
                double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                || digits is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
                || IsHexadecimalOrOctal(digits)
                // 1:30 counts in sixties in YAML 1.1.
                || digits.All(character => char.IsAsciiDigit(character) || character == ':')
            );
    }

    static bool IsHexadecimalOrOctal(string digits) =>
        digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'o' && digits[2..].All(char.IsAsciiHexDigit);
}
