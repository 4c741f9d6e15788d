using System.Globalization;

namespace ReleaseRecipes.Thresholds;

/// <summary>Words for units, and the number that was probably meant where a unit is missing.</summary>
static class Units
{
    public static string Describe(Unit unit) =>
        unit switch
        {
            Unit.Ratio => "a ratio",
            Unit.Duration => "a duration",
            _ => "a plain number",
        };

    /// <summary>The same digits with the unit that is called for.</summary>
    public static string Suggest(Literal literal, Unit wanted)
    {
        var digits = literal.Source.TrimEnd('%');
        var number = literal.Quantity.Value;
        return (literal.Quantity.Unit, wanted) switch
        {
            (Unit.Number, Unit.Ratio) when number is > 0 and < 1 =>
                $"{digits}%, or {Text(number * 100)}% if the share {digits} of one is meant",
            (Unit.Number, Unit.Ratio) => $"{digits}%",
            (Unit.Number, Unit.Duration) when number >= 100 => $"{digits}ms",
            (Unit.Number, Unit.Duration) => $"{digits}s",
            (Unit.Ratio, Unit.Number) => digits,
            (_, Unit.Ratio) => "a percentage such as 1%",
            (_, Unit.Duration) => "a duration such as 500ms or 2s",
            _ => "a plain number",
        };
    }

    static string Text(double value) => Math.Round(value, 10).ToString("0.######", CultureInfo.InvariantCulture);
}
