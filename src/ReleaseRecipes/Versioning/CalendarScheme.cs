using System.Globalization;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Versioning;

/// <summary>
/// Calendar versions: the day decides, counters tell releases of the same day, week, month or year apart and begin again at 0 with the
/// next one. A format without a counter gets a number at its end from the second release of a day on.
/// </summary>
/// <param name="settings">Whose format counts; <c>YYYY.0M.MICRO</c> where it has none.</param>
public sealed class CalendarScheme(VersioningSettings settings) : IVersionScheme
{
    readonly IReadOnlyList<CalendarToken> tokens = CalendarFormat.Parse(settings.Format ?? "YYYY.0M.MICRO");

    bool ByWeek => tokens.Any(token => token.Name is "WW" or "0W");

    bool HasCounter => tokens.Any(token => !token.IsDate);

    public ReleaseVersion? Parse(string text)
    {
        if (text.Length > 100)
        {
            return null;
        }

        var numbers = new List<long>();
        var at = 0;
        foreach (var token in tokens)
        {
            if ((numbers.Count > 0 && !Take(text, ref at, token.Before)) || Number(text, ref at) is not { } number)
            {
                return null;
            }

            numbers.Add(number);
        }

        if (!HasCounter && at < text.Length && text[at] == '.')
        {
            at++;
            if (Number(text, ref at) is not { } number)
            {
                return null;
            }

            numbers.Add(number);
        }

        // What is written otherwise (2026.1.0 where the format says 2026.01.0) is somebody else's tag.
        var core = Write(numbers);
        var labels = at < text.Length && text[at] == '-' ? text[(at + 1)..] : "";
        var isLabelled = labels.Length > 0 && ReleaseVersion.Parse($"0-{labels}", padded: false) is not null;
        return core == text[..at] && (at == text.Length || isLabelled) ? new ReleaseVersion(numbers, labels, core) : null;
    }

    public ReleaseVersion Next(ReleaseVersion previous, Bump bump, DateOnly date)
    {
        if (bump == Bump.None)
        {
            return previous;
        }

        var today = First(date);
        var counted = Counted(previous, bump);
        // A clock that went back, or a tag from the future, does not make a smaller version.
        return Dates(today).SequenceEqual(Dates(previous)) || Later(previous, today) ? counted : WithOlderCounters(today, previous);
    }

    public ReleaseVersion First(DateOnly date)
    {
        var numbers = tokens.Select(token => token.IsDate ? token.On(date, ByWeek) : 0).ToList();
        return new ReleaseVersion(numbers, padded: Write(numbers));
    }

    // Counters that stand before the first part of the date (MAJOR.YYYY) go on; those behind it begin again.
    ReleaseVersion WithOlderCounters(ReleaseVersion today, ReleaseVersion previous)
    {
        var leading = tokens.TakeWhile(token => !token.IsDate).Count();
        var numbers = today.Numbers.Select((number, index) => index < leading ? previous.Numbers[index] : number).ToList();
        return new ReleaseVersion(numbers, padded: Write(numbers));
    }

    ReleaseVersion Counted(ReleaseVersion previous, Bump bump)
    {
        var numbers = previous.Numbers.ToList();
        var counter = CounterOf(bump);
        if (counter < 0)
        {
            numbers = numbers.Count > tokens.Count ? numbers : [.. numbers, 0];
            counter = tokens.Count;
        }

        numbers[counter]++;
        for (var index = counter + 1; index < tokens.Count; index++)
        {
            numbers[index] = tokens[index].IsDate ? numbers[index] : 0;
        }

        return new ReleaseVersion(numbers, padded: Write(numbers));
    }

    int CounterOf(Bump bump)
    {
        var wanted = bump switch
        {
            Bump.Major => new[] { "MAJOR", "MINOR", "MICRO" },
            Bump.Minor => ["MINOR", "MICRO", "MAJOR"],
            _ => ["MICRO", "MINOR", "MAJOR"],
        };
        return wanted.Select(name => tokens.ToList().FindIndex(token => token.Name == name)).FirstOrDefault(index => index >= 0, -1);
    }

    IEnumerable<long> Dates(ReleaseVersion version) =>
        version.Numbers.Zip(tokens).Where(pair => pair.Second.IsDate).Select(pair => pair.First);

    bool Later(ReleaseVersion left, ReleaseVersion right) => new ReleaseVersion([.. Dates(left)]) > new ReleaseVersion([.. Dates(right)]);

    string Write(IReadOnlyList<long> numbers) =>
        string.Concat(
            numbers.Select(
                (number, index) =>
                    index < tokens.Count
                        ? $"{(index == 0 ? "" : tokens[index].Before)}{tokens[index].Write(number)}"
                        : $".{number.ToString(CultureInfo.InvariantCulture)}"
            )
        );

    static bool Take(string text, ref int at, char separator) => at < text.Length && text[at++] == separator;

    static long? Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - start is > 0 and <= 18 ? long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture) : null;
    }
}
