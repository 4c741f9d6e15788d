using System.Text;

namespace ReleaseRecipes.Thresholds;

/// <summary>A number of the text or a metric.</summary>
abstract record Operand(int Column)
{
    /// <summary>What it counts; null where only the measurement can tell.</summary>
    public abstract Unit? Unit { get; }

    /// <summary>Its value; null where there is no evidence.</summary>
    public abstract Quantity? Value(Measured measured);

    /// <summary>Writes it, with the value put in where there are values.</summary>
    public abstract void Write(StringBuilder text, Measured? measured, bool exact);
}

/// <summary>A number of the text.</summary>
sealed record Literal(Quantity Quantity, string Source, int Column) : Operand(Column)
{
    public override Unit? Unit => Quantity.Unit;

    public override Quantity? Value(Measured measured) => Quantity;

    public override void Write(StringBuilder text, Measured? measured, bool exact) => text.Append(Source);
}

/// <summary>A metric of the candidate, or of the version that now serves.</summary>
sealed record Metric(string Name, bool OfBaseline, int Column) : Operand(Column)
{
    public override Unit? Unit => MetricNames.UnitOf(Name);

    public string FullName => OfBaseline ? $"baseline.{Name}" : Name;

    public override Quantity? Value(Measured measured)
    {
        if (measured[this] is not { } value || !double.IsFinite(value.Value))
        {
            return null;
        }

        if (Unit is { } unit && unit != value.Unit)
        {
            measured.Explain($"{FullName} was measured as {Units.Describe(value.Unit)} and is {Units.Describe(unit)}");
            return null;
        }

        return value;
    }

    public override void Write(StringBuilder text, Measured? measured, bool exact)
    {
        text.Append(FullName);
        if (measured is not null)
        {
            text.Append(
                measured[this] switch
                {
                    null => " (missing)",
                    { Value: var value } unusable when !double.IsFinite(value) => $" ({unusable})",
                    { } value => " " + (exact ? value.ToExactString() : value.ToString()),
                }
            );
        }
    }
}

/// <summary>Operands multiplied: at most one of them is no plain factor.</summary>
sealed record Product(IReadOnlyList<Operand> Factors)
{
    /// <summary>The metric's unit; without a metric that of the number that is no plain factor.</summary>
    public Unit? Unit =>
        Factors.OfType<Metric>().FirstOrDefault() is { } metric ? metric.Unit
        : Factors.Any(factor => factor.Unit == Thresholds.Unit.Duration) ? Thresholds.Unit.Duration
        : Factors.Any(factor => factor.Unit == Thresholds.Unit.Ratio) ? Thresholds.Unit.Ratio
        : Thresholds.Unit.Number;

    public Quantity? Value(Measured measured)
    {
        var value = 1.0;
        var unit = Unit;
        foreach (var factor in Factors)
        {
            if (factor.Value(measured) is not { } quantity)
            {
                return null;
            }

            value *= quantity.Value;
            unit = factor is Metric ? quantity.Unit : unit;
        }

        return new Quantity(value, unit ?? Thresholds.Unit.Number);
    }

    public void Write(StringBuilder text, Measured? measured, bool exact)
    {
        for (var i = 0; i < Factors.Count; i++)
        {
            text.Append(i > 0 ? " * " : "");
            Factors[i].Write(text, measured, exact);
        }
    }
}

/// <summary>A product that is added, or subtracted.</summary>
sealed record Signed(bool Minus, Product Product);

/// <summary>Products added and subtracted.</summary>
sealed record Sum(IReadOnlyList<Signed> Parts)
{
    /// <summary>What it counts; null where only the measurement can tell.</summary>
    public Unit? Unit => Parts.FirstOrDefault(part => part.Product.Unit is not null)?.Product.Unit;

    /// <summary>The one number that it is; null where it is more.</summary>
    public Literal? Literal => Parts is [{ Minus: false, Product.Factors: [Literal literal] }] ? literal : null;

    public IEnumerable<Operand> Operands => Parts.SelectMany(part => part.Product.Factors);

    public Quantity? Value(Measured measured)
    {
        Quantity? total = null;
        foreach (var (minus, product) in Parts)
        {
            if (product.Value(measured) is not { } quantity)
            {
                return null;
            }

            if (total is { } before && before.Unit != quantity.Unit)
            {
                measured.Explain($"{Units.Describe(before.Unit)} and {Units.Describe(quantity.Unit)} cannot be added");
                return null;
            }

            total = quantity with { Value = (total?.Value ?? 0) + (minus ? -quantity.Value : quantity.Value) };
        }

        return total;
    }

    public void Write(StringBuilder text, Measured? measured, bool exact)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            text.Append(
                (i, Parts[i].Minus) switch
                {
                    (0, false) => "",
                    (0, true) => "-",
                    (_, false) => " + ",
                    _ => " - ",
                }
            );
            Parts[i].Product.Write(text, measured, exact);
        }
    }
}
