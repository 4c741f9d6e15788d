using System.Globalization;

namespace ReleaseRecipes.Deployment;

/// <summary>Durations as the strategy file writes them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>.</summary>
public static class Durations
{
    /// <summary>The shortest such text.</summary>
    public static string Format(TimeSpan duration) =>
        duration switch
        {
            { Ticks: 0 } => "0s",
            { TotalSeconds: < 1 } => Text(duration.TotalMilliseconds, "ms"),
            { TotalMinutes: < 1 } => Text(duration.TotalSeconds, "s"),
            { TotalHours: < 1, Seconds: 0, Milliseconds: 0 } => Text(duration.TotalMinutes, "m"),
            { Minutes: 0, Seconds: 0, Milliseconds: 0 } => Text(duration.TotalHours, "h"),
            { TotalHours: >= 1 } => $"{(int)duration.TotalHours}h{duration.Minutes:00}m",
            _ => $"{duration.Minutes}m{duration.Seconds:00}s",
        };

    static string Text(double value, string unit) => value.ToString("0.##", CultureInfo.InvariantCulture) + unit;
}
