using System.Globalization;

namespace ReleaseRecipes.Thresholds;

/// <summary>Reads a threshold by recursive descent. Null from any of its methods: the text is wrong, and <see cref="Problem"/> says how.</summary>
sealed class ThresholdReader(string text)
{
    /// <summary>How deep parentheses and NOT may nest; the stack bears far more.</summary>
    const int Deepest = 100;

    static readonly string[] Operators = [">", ">=", "<", "<=", "=", "!="];
    static readonly string[] Reserved = ["nan", "inf", "infinity", "true", "false", "null", "none", "baseline"];

    readonly List<Token> tokens = ThresholdTokens.Of(text);
    int at;
    int depth;

    /// <summary>The first thing that is wrong.</summary>
    public ThresholdProblem? Problem { get; private set; }

    Token Current => tokens[at];

    public Condition? Read()
    {
        var condition = Joined(all: false);
        return condition is not null && Current.Kind != TokenKind.End ? Wrong<Condition>(AfterCondition()) : condition;
    }

    Condition? Joined(bool all)
    {
        var parts = new List<Condition>();
        do
        {
            if ((all ? Part() : Joined(all: true)) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        } while (Took(all ? "AND" : "OR"));

        return parts is [var single] ? single : new Joined(all, parts);
    }

    Condition? Part()
    {
        if (depth == Deepest)
        {
            return Wrong<Condition>($"nested deeper than {Deepest}", "Write it with fewer parentheses.");
        }

        depth++;
        var part =
            Took("NOT") ? (Part() is { } negated ? new Negated(negated) : null)
            : Took("(") ? Closed(Joined(all: false))
            : Comparison();
        depth--;
        return part;
    }

    Condition? Closed(Condition? inner) =>
        inner is null || Took(")")
            ? inner
            : Wrong<Condition>(Current.Kind == TokenKind.End ? ("a '(' is never closed", "Add ')'.") : AfterCondition());

    Comparison? Comparison()
    {
        var begin = Current.Column;
        if (Sum() is not { } left)
        {
            return null;
        }

        var (symbol, column) = (Current.Text, Current.Column);
        if (!Operators.Contains(symbol))
        {
            return Wrong<Comparison>(NotAnOperator(left));
        }

        at++;
        if (Sum() is not { } right)
        {
            return null;
        }

        if (!left.Operands.Concat(right.Operands).OfType<Metric>().Any())
        {
            return Wrong<Comparison>("this compares numbers only, which measures nothing", "Name a metric, such as coverage > 85%.", begin);
        }

        return left.Unit is { } a && right.Unit is { } b && a != b
            ? Wrong<Comparison>(Mismatch(left, a, right, b), (left.Literal ?? right.Literal)?.Column ?? column)
            : new Comparison(left, symbol, right);
    }

    Sum? Sum()
    {
        var parts = new List<Signed>();
        Unit? unit = null;
        do
        {
            var column = Current.Column;
            var minus = Took("-");
            if (!minus && parts.Count > 0)
            {
                Took("+");
            }

            if (Product() is not { } product)
            {
                return null;
            }

            if (unit is { } before && product.Unit is { } other && other != before)
            {
                return Wrong<Sum>(
                    $"{Units.Describe(before)} and {Units.Describe(other)} cannot be added",
                    "Give both the same unit.",
                    column
                );
            }

            unit ??= product.Unit;
            parts.Add(new Signed(minus, product));
        } while (Current.Is("+") || Current.Is("-"));

        return new Sum(parts);
    }

    Product? Product()
    {
        var factors = new List<Operand>();
        var measures = 0;
        do
        {
            var column = Current.Column;
            if (Operand() is not { } factor)
            {
                return null;
            }

            measures += factor is Metric || factor.Unit == Unit.Duration ? 1 : 0;
            if (measures > 1)
            {
                return Wrong<Product>(
                    "only numbers and percentages can be multiplied with",
                    "Write a metric times a number, such as baseline.response_time * 1.2.",
                    column
                );
            }

            factors.Add(factor);
        } while (Took("*"));

        return new Product(factors);
    }

    Operand? Operand()
    {
        var token = Current;
        at += token.Kind is TokenKind.Number or TokenKind.Word ? 1 : 0;
        return token.Kind switch
        {
            TokenKind.Number => Number(token),
            TokenKind.Word => Name(token),
            _ => Wrong<Operand>(
                token.Kind == TokenKind.End
                    ? "the condition ends too early"
                    : $"'{token.Text}' stands where a metric or a number is called for",
                "Write a condition such as coverage > 85%.",
                token.Column
            ),
        };
    }

    Literal? Number(Token token)
    {
        var digits = token.Text.TrimEnd('%');
        var isNumber =
            double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && digits.Length >= token.Text.Length - 1
            && !digits.EndsWith('.')
            && double.IsFinite(number);
        return isNumber
                ? new Literal(
                    digits.Length < token.Text.Length ? Quantity.Share(number / 100) : Quantity.Count(number),
                    token.Text,
                    token.Column
                )
            : Durations.TryParse(token.Text, out var duration)
                ? new Literal(Quantity.Seconds(duration.TotalSeconds), token.Text, token.Column)
            : Wrong<Literal>(
                $"'{token.Text}' is no number",
                "Write a number, a percentage (1%) or a duration (500ms, 2s, 5m, 1h).",
                token.Column
            );
    }

    Metric? Name(Token token)
    {
        const string prefix = "baseline.";
        var ofBaseline = token.Text.StartsWith(prefix, StringComparison.Ordinal);
        var name = ofBaseline ? token.Text[prefix.Length..] : token.Text;
        return IsSnakeCase(name) && !Reserved.Contains(name)
            ? new Metric(name, ofBaseline, token.Column)
            : Wrong<Metric>(
                $"'{token.Text}' is no name of a metric",
                Suggestion.Nearest(name, MetricNames.All.Select(metric => metric.Name)) is { } meant
                    ? $"Did you mean {meant}?"
                    : "Write a name in lower case with underscores, such as error_rate.",
                token.Column
            );
    }

    static bool IsSnakeCase(string name) =>
        name.Length is > 0 and <= 100
        && char.IsAsciiLetterLower(name[0])
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_')
        && name is not ("and" or "or" or "not");

    bool Took(string text)
    {
        var took = Current.Is(text);
        at += took ? 1 : 0;
        return took;
    }

    (string What, string Todo) NotAnOperator(Sum left)
    {
        var subject = left.Operands.OfType<Metric>().FirstOrDefault()?.FullName ?? "the number";
        var meant = Current.Text switch
        {
            "==" => "=",
            "<>" => "!=",
            "=>" or "≥" => ">=",
            "=<" or "≤" => "<=",
            _ => null,
        };
        return meant is not null ? ($"'{Current.Text}' is no comparison", $"Did you mean {meant}?")
            : Current.Kind == TokenKind.End ? ($"{subject} is compared with nothing", "Add a comparison, such as > 85%.")
            : ($"'{Current.Text}' stands where a comparison is called for", $"Write one of {string.Join(' ', Operators)} after {subject}.");
    }

    (string What, string Todo) AfterCondition() =>
        Current.Text switch
        {
            "&&" => ("'&&' joins nothing", "Did you mean AND?"),
            "||" => ("'||' joins nothing", "Did you mean OR?"),
            ")" => ("')' closes nothing", "Remove it, or add '(' before it."),
            var other => ($"'{other}' stands after a whole condition", "Join conditions with AND or OR."),
        };

    static (string What, string Todo) Mismatch(Sum left, Unit a, Sum right, Unit b)
    {
        var (literal, other, wanted) = right.Literal is { } number ? (number, left, a) : (left.Literal, right, b);
        var subject = other.Operands.OfType<Metric>().FirstOrDefault();
        return literal is not null && subject is not null
            ? (
                $"{subject.FullName} is {Units.Describe(wanted)}, {literal.Source} is {Units.Describe(literal.Quantity.Unit)}",
                $"Write {Units.Suggest(literal, wanted)}."
            )
            : ($"{Units.Describe(a)} cannot be compared with {Units.Describe(b)}", "Compare metrics of the same unit.");
    }

    T? Wrong<T>((string What, string Todo) problem, int? column = null)
        where T : class => Wrong<T>(problem.What, problem.Todo, column);

    T? Wrong<T>(string what, string todo, int? column = null)
        where T : class
    {
        Problem ??= new ThresholdProblem(column ?? Current.Column, what, todo);
        return null;
    }
}
