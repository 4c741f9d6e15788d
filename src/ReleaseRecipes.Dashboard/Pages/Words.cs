using System.Globalization;

namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>Values as people read them.</summary>
static class Words
{
    const string None = "n/a";
    const int LongestNote = 200;

    public static string Frequency(double? aWeek) =>
        aWeek switch
        {
            null => None,
            >= 7 => string.Create(CultureInfo.InvariantCulture, $"{aWeek / 7:0.#} a day"),
            >= 1 => string.Create(CultureInfo.InvariantCulture, $"{aWeek:0.#} a week"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{aWeek * 30 / 7:0.#} a month"),
        };

    public static string Time(TimeSpan? time) =>
        time switch
        {
            null => None,
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMinutes:0} min"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalHours:0.#} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalDays:0.#} days"),
        };

    public static string Share(double? share) =>
        share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.#}%") : None;

    public static Markup Moment(DateTimeOffset at) =>
        Markup.Of(
            $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}">{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</time>"""
        );

    /// <summary>The name of somebody whom git knows as <c>name &lt;address&gt;</c>: the address is nobody's business here.</summary>
    public static string Person(string actor) =>
        actor.IndexOf('<', StringComparison.Ordinal) is > 0 and var address ? actor[..address].Trim() : actor;

    public static string Short(string commit) => commit.Length > 9 ? commit[..9] : commit;

    public static string Excerpt(string text) => text.Length > LongestNote ? text[..LongestNote] + "…" : text;
}
