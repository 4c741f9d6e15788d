using System.Globalization;
using System.Text.Json;

namespace ReleaseRecipes.Gates.Evidence;

/// <summary>Times that reports carry; what cannot be read as one says nothing.</summary>
static class Times
{
    const DateTimeStyles Lenient = DateTimeStyles.AllowWhiteSpaces;

    /// <summary>A time in ISO 8601 with its zone; without one it is taken for UTC.</summary>
    public static DateTimeOffset? Of(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Lenient | DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A time that may lack its zone, which is then that of this machine or UTC: the later of the two.</summary>
    public static DateTimeOffset? Unzoned(string? text) =>
        Later(
            Of(text),
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Lenient | DateTimeStyles.AssumeLocal, out var time) ? time : null
        );

    /// <summary>Seconds or milliseconds since 1970; a number too small for either is none.</summary>
    public static DateTimeOffset? OfEpoch(double number) =>
        number switch
        {
            >= 1e9 and < 1e11 => DateTimeOffset.UnixEpoch.AddSeconds(number),
            >= 1e12 and < 1e14 => DateTimeOffset.UnixEpoch.AddMilliseconds(number),
            _ => null,
        };

    /// <summary>Seconds or milliseconds since 1970 as text.</summary>
    public static DateTimeOffset? OfEpoch(string? number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? OfEpoch(value) : null;

    /// <summary>Milliseconds since 1970 in JSON.</summary>
    public static DateTimeOffset? OfMilliseconds(JsonElement? number) =>
        number is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var milliseconds) ? OfEpoch(milliseconds) : null;

    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
