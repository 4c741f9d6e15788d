using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ReleaseRecipes.Thresholds;

/// <summary>
/// A condition over metrics, as gates and rollouts are judged by: <c>coverage &gt; 85% AND success_rate = 100%</c>.
/// Units are typed, and what was not measured makes the answer unknown, never a pass.
/// </summary>
public sealed class Threshold
{
    readonly Condition condition;

    Threshold(Condition condition)
    {
        this.condition = condition;
        Metrics = Names(ofBaseline: false);
        BaselineMetrics = Names(ofBaseline: true);
    }

    /// <summary>The names of the metrics that it asks of the candidate.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>The names of the metrics that it asks of the version now serving (<c>baseline.…</c>), without the prefix.</summary>
    public IReadOnlyList<string> BaselineMetrics { get; }

    /// <summary>Reads a threshold.</summary>
    /// <exception cref="ReleaseException">The text is none; says the column and what is allowed there.</exception>
    public static Threshold Parse(string text) =>
        TryParse(text, out var threshold, out var problem)
            ? threshold
            : throw new ReleaseException(
                $"The threshold cannot be read: {problem.What}.",
                $"{text}, column {problem.Column}",
                problem.Todo,
                ExitCodes.WrongInput
            );

    /// <summary>Reads a threshold, or says why it is none.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Threshold? threshold,
        [NotNullWhen(false)] out ThresholdProblem? problem
    )
    {
        var reader = new ThresholdReader(text);
        threshold = reader.Read() is { } condition ? new Threshold(condition) : null;
        problem = threshold is null ? reader.Problem! : null;
        return threshold is not null;
    }

    /// <summary>Asks the threshold of measured values, and for <c>baseline.…</c> of those of the version now serving.</summary>
    public Evaluation Evaluate(IReadOnlyDictionary<string, Quantity> metrics, IReadOnlyDictionary<string, Quantity>? baseline = null)
    {
        var measured = new Measured(metrics, baseline);
        var answer = condition.Evaluate(measured);
        var text = new StringBuilder();
        condition.Write(text, measured);
        text.Append(": ").Append(Word(answer));
        if (answer == Answer.Unknown && measured.Reasons.Count > 0)
        {
            text.Append(" (").AppendJoin("; ", measured.Reasons).Append(')');
        }

        return new Evaluation(answer, text.ToString());
    }

    /// <summary>The threshold as text that reads back as the same.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        condition.Write(text, measured: null);
        return text.ToString();
    }

    List<string> Names(bool ofBaseline)
    {
        var names = condition.Operands.OfType<Metric>().Where(metric => metric.OfBaseline == ofBaseline).Select(metric => metric.Name);
        return [.. names.Distinct().Order(StringComparer.Ordinal)];
    }

    static string Word(Answer answer) =>
        answer switch
        {
            Answer.Yes => "yes",
            Answer.No => "no",
            _ => "unknown",
        };
}
