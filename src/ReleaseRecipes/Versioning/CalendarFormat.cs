using System.Globalization;

namespace ReleaseRecipes.Versioning;

/// <summary>One token of a calendar format (https://calver.org), and how it is written.</summary>
/// <param name="Name">The token, such as <c>YYYY</c>, <c>0M</c> or <c>MICRO</c>.</param>
/// <param name="Before">The separator before it.</param>
readonly record struct CalendarToken(string Name, char Before)
{
    /// <summary>Whether the day decides its value; otherwise it counts releases.</summary>
    public bool IsDate => Name is not ("MAJOR" or "MINOR" or "MICRO");

    /// <summary>The value on a day. With weeks the year is the one that the week belongs to, so that versions never go back at New Year.</summary>
    public long On(DateOnly day, bool byWeek)
    {
        var year = byWeek ? ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue)) : day.Year;
        return Name switch
        {
            "YYYY" => year,
            "YY" or "0Y" => year - 2000,
            "MM" or "0M" => day.Month,
            "WW" or "0W" => ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)),
            _ => day.Day,
        };
    }

    /// <summary>A value as the token writes it: tokens that begin with a zero have two digits at least.</summary>
    public string Write(long value) => value.ToString(Name[0] == '0' ? "00" : "0", CultureInfo.InvariantCulture);
}

/// <summary>A calendar format such as <c>YYYY.0M.MICRO</c>.</summary>
static class CalendarFormat
{
    static readonly string[] Known = ["YYYY", "YY", "0Y", "MM", "0M", "WW", "0W", "DD", "0D", "MAJOR", "MINOR", "MICRO"];

    /// <summary>The tokens of a format.</summary>
    /// <exception cref="ReleaseException">One of them is no token of calver.org.</exception>
    public static IReadOnlyList<CalendarToken> Parse(string format)
    {
        var tokens = new List<CalendarToken>();
        var start = 0;
        while (start < format.Length)
        {
            var end = format.IndexOfAny(['.', '-', '_'], start);
            end = end < 0 ? format.Length : end;
            var name = format[start..end] is "PATCH" ? "MICRO" : format[start..end];
            tokens.Add(Known.Contains(name) ? new CalendarToken(name, start == 0 ? '\0' : format[start - 1]) : throw Unknown(name, format));
            start = end + 1;
        }

        return tokens;
    }

    static ReleaseException Unknown(string name, string format) =>
        new(
            $"'{name}' in '{format}' is no token of a calendar version.",
            "versioning.format",
            $"Use {string.Join(", ", Known)} (https://calver.org).",
            ExitCodes.WrongInput
        );
}
