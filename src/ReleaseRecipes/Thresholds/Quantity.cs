using System.Globalization;

namespace ReleaseRecipes.Thresholds;

/// <summary>What a number counts.</summary>
public enum Unit
{
    /// <summary>A plain count or number.</summary>
    Number,

    /// <summary>A share of a whole: 1 % is held as 0.01.</summary>
    Ratio,

    /// <summary>A time, held in seconds.</summary>
    Duration,
}

/// <summary>A number with its unit.</summary>
/// <param name="Value">Ratios as a share of one, durations in seconds. NaN and infinities are no evidence.</param>
/// <param name="Unit">What it counts.</param>
public readonly record struct Quantity(double Value, Unit Unit)
{
    public static Quantity Count(double value) => new(value, Unit.Number);

    public static Quantity Share(double ofOne) => new(ofOne, Unit.Ratio);

    public static Quantity Seconds(double seconds) => new(seconds, Unit.Duration);

    /// <summary>The quantity for a reader: <c>83.25%</c>, <c>350ms</c>, <c>1.5s</c>, <c>12</c>.</summary>
    public override string ToString() => Text("0.##");

    /// <summary>The quantity with every digit that there is.</summary>
    public string ToExactString() => Text("0.###############");

    string Text(string format) =>
        Unit switch
        {
            _ when double.IsNaN(Value) => "NaN",
            _ when double.IsInfinity(Value) => "infinite",
            // A share times 100 is not exact in binary: 0.07 must not print as 7.000000000000001%.
            Unit.Ratio => Math.Round(Value * 100, 13).ToString(format, CultureInfo.InvariantCulture) + "%",
            Unit.Duration when Math.Abs(Value) is > 0 and < 1 => Math.Round(Value * 1000, 12).ToString(format, CultureInfo.InvariantCulture)
                + "ms",
            Unit.Duration => Value.ToString(format, CultureInfo.InvariantCulture) + "s",
            _ => Value.ToString(format, CultureInfo.InvariantCulture),
        };
}
