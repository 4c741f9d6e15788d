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
}
