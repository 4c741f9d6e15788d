using System.Text;

namespace ReleaseRecipes.Thresholds;

/// <summary>A condition over metrics.</summary>
abstract record Condition
{
    /// <summary>What it comes to over the values.</summary>
    public abstract Answer Evaluate(Measured measured);

    /// <summary>Every number and metric in it.</summary>
    public abstract IEnumerable<Operand> Operands { get; }

    /// <summary>Writes it so that it reads back as the same, or with the values put in.</summary>
    public abstract void Write(StringBuilder text, Measured? measured);
}

/// <summary>AND or OR. A list rather than pairs, so that ten thousand parts nest no deeper than two.</summary>
sealed record Joined(bool All, IReadOnlyList<Condition> Parts) : Condition
{
    public override Answer Evaluate(Measured measured)
    {
        // Every part is asked, also where the answer is settled: each may have something to explain.
        var answers = Parts.Select(part => part.Evaluate(measured)).ToList();
        return All ? answers.Min() : answers.Max();
    }

    public override IEnumerable<Operand> Operands => Parts.SelectMany(part => part.Operands);

    public override void Write(StringBuilder text, Measured? measured)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            text.Append(
                i == 0 ? ""
                : All ? " AND "
                : " OR "
            );
            var nested = Parts[i] is Joined;
            text.Append(nested ? "(" : "");
            Parts[i].Write(text, measured);
            text.Append(nested ? ")" : "");
        }
    }
}

/// <summary>NOT.</summary>
sealed record Negated(Condition Part) : Condition
{
    public override Answer Evaluate(Measured measured) => Answer.Yes - (int)Part.Evaluate(measured);

    public override IEnumerable<Operand> Operands => Part.Operands;

    public override void Write(StringBuilder text, Measured? measured)
    {
        text.Append(Part is Joined ? "NOT (" : "NOT ");
        Part.Write(text, measured);
        text.Append(Part is Joined ? ")" : "");
    }
}

/// <summary>Two sums compared.</summary>
sealed record Comparison(Sum Left, string Operator, Sum Right) : Condition
{
    public override Answer Evaluate(Measured measured)
    {
        var (left, right) = (Left.Value(measured), Right.Value(measured));
        if (left is not { } a || right is not { } b || !double.IsFinite(a.Value) || !double.IsFinite(b.Value))
        {
            return Answer.Unknown;
        }

        if (a.Unit != b.Unit)
        {
            measured.Explain($"{Units.Describe(a.Unit)} cannot be compared with {Units.Describe(b.Unit)}");
            return Answer.Unknown;
        }

        return Holds(a.Value, b.Value) ? Answer.Yes : Answer.No;
    }

    public override IEnumerable<Operand> Operands => Left.Operands.Concat(Right.Operands);

    public override void Write(StringBuilder text, Measured? measured)
    {
        // 84.999% must not be shown as 85% beside the 85% that it misses.
        var exact = measured is not null && Left.Value(measured)?.ToString() == Right.Value(measured)?.ToString();
        Left.Write(text, measured, exact);
        text.Append(' ').Append(Operator).Append(' ');
        Right.Write(text, measured, exact);
    }

    bool Holds(double left, double right)
    {
        // 86% - 1% and 85% differ in the last bit only; what differs by no more than that is equal.
        var order = Math.Abs(left - right) <= 1e-13 * Math.Max(Math.Abs(left), Math.Abs(right)) ? 0 : left.CompareTo(right);
        return Operator switch
        {
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            "<=" => order <= 0,
            "=" => order == 0,
            _ => order != 0,
        };
    }
}
