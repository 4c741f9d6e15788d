using System.Globalization;
using ReleaseRecipes.Dashboard.Delivery;

namespace ReleaseRecipes.Dashboard.Pages;

/// <summary>Deployments week by week as bars, and as words for those who do not see them.</summary>
static class TrendChart
{
    const int Step = 56;
    const int Bar = 32;
    const int Height = 120;

    public static Markup Show(IReadOnlyList<WeekOfDeployments> weeks)
    {
        var most = Math.Max(1, weeks.Max(week => week.Good + week.Failed));
        var words = string.Join(
            "; ",
            weeks.Where(HasAny).Select(week => $"week of {Day(week)}: {week.Good} good, {week.Failed} taken back")
        );
        return weeks.Any(HasAny)
            ? Markup.Of(
                $"""
                <div class="scroll chart"><svg role="img" viewBox="0 0 {weeks.Count * Step} {Height + 24}" height="{Height
                    + 24}"><title>{words}</title>
                {Markup.Join(weeks.Select((week, at) => Week(week, at * Step, most)))}</svg></div>
                """
            )
            : Markup.Of($"<p>Nothing came to production in these weeks.</p>");
    }

    static Markup Week(WeekOfDeployments week, int left, int most)
    {
        var good = week.Good * Height / most;
        var failed = week.Failed * Height / most;
        return Markup.Of(
            $"""
            <rect class="good" x="{left + 12}" y="{Height - good}" width="{Bar}" height="{good}"/><rect class="bad" x="{left
                + 12}" y="{Height - good - failed}" width="{Bar}" height="{failed}"/><text x="{left + 10}" y="{Height
                + 18}">{week.Start.ToString("MM-dd", CultureInfo.InvariantCulture)}</text>

            """
        );
    }

    static bool HasAny(WeekOfDeployments week) => week.Good + week.Failed > 0;

    static string Day(WeekOfDeployments week) => week.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
