using System.Globalization;

namespace ReleaseRecipes;

/// <summary>Durations as the strategy file writes them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1h30m</c>, <c>1d</c>.</summary>
public static class Durations
{
    /// <summary>What a duration may look like, for messages.</summary>
    public const string Allowed = "a number with ms, s, m, h or d, such as 500ms, 30s, 5m or 1h30m";

    sealed record UnitOfTime(string Name, TimeSpan Length);

    static readonly UnitOfTime[] Units =
    [
        new("d", TimeSpan.FromDays(1)),
        new("h", TimeSpan.FromHours(1)),
        new("m", TimeSpan.FromMinutes(1)),
        new("s", TimeSpan.FromSeconds(1)),
        new("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>The duration as text that reads back as the same, to the microsecond.</summary>
    public static string Format(TimeSpan duration) =>
        duration switch
        {
            { Ticks: < 0 } => "-" + Format(duration.Negate()),
            { Ticks: 0 } => "0s",
            { TotalSeconds: < 1 } => Text(duration.TotalMilliseconds, "ms"),
            { TotalMinutes: < 1 } => Text(duration.TotalSeconds, "s"),
            _ => Long(duration),
        };

    /// <summary>An elapsed time for a reader: the two units that matter.</summary>
    public static string Rough(TimeSpan elapsed) =>
        elapsed switch
        {
            { TotalSeconds: < 1 } => Text(Math.Round(elapsed.TotalMilliseconds), "ms"),
            { TotalMinutes: < 1 } => Text(Math.Round(elapsed.TotalSeconds, 1), "s"),
            { TotalHours: < 1 } => Format(TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds))),
            { TotalDays: < 1 } => Format(TimeSpan.FromMinutes(Math.Round(elapsed.TotalMinutes))),
            _ => Format(TimeSpan.FromHours(Math.Round(elapsed.TotalHours))),
        };

    /// <summary>Reads one duration. A number without a unit is none, and neither is anything beyond ten years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var unit = -1;
        while (rest.Length > 0)
        {
            var digits = Length(rest, character => char.IsAsciiDigit(character) || character == '.');
            var letters = Length(rest[digits..], char.IsAsciiLetterLower);
            var name = rest.Slice(digits, letters).ToString();
            var next = Array.FindIndex(Units, known => known.Name == name);
            if (
                next <= unit
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || duration.TotalDays + (value * Units[next].Length.TotalDays) is not <= 3650
            )
            {
                return false;
            }

            duration += TimeSpan.FromTicks((long)Math.Round(value * Units[next].Length.Ticks));
            unit = next;
            rest = rest[(digits + letters)..];
        }

        return unit >= 0;
    }

    static string Long(TimeSpan duration)
    {
        var seconds = (duration.Ticks % TimeSpan.TicksPerMinute) / (double)TimeSpan.TicksPerSecond;
        (long Count, string Name, int Digits)[] parts = [(duration.Days, "d", 1), (duration.Hours, "h", 2), (duration.Minutes, "m", 2)];
        var text = "";
        foreach (var (count, name, digits) in parts.Where(part => part.Count > 0))
        {
            text += count.ToString(text.Length > 0 ? $"D{digits}" : "D1", CultureInfo.InvariantCulture) + name;
        }

        return seconds > 0 ? text + seconds.ToString("00.######", CultureInfo.InvariantCulture) + "s" : text;
    }

    static int Length(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }

    static string Text(double value, string unit) => value.ToString("0.######", CultureInfo.InvariantCulture) + unit;
}
