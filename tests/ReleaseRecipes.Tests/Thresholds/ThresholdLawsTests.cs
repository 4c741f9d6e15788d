using FsCheck;
using FsCheck.Fluent;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Thresholds;

public sealed class ThresholdLawsTests
{
    /// <summary>Metrics whose conditions <c>x = 1</c> are yes, no and unknown.</summary>
    static readonly Dictionary<string, Quantity> Values = new() { ["yes"] = Quantity.Count(1), ["no"] = Quantity.Count(0) };

    static readonly string[] Atoms = ["yes = 1", "no = 1", "maybe = 1"];

    [Test]
    public void What_is_printed_reads_back_as_the_same() =>
        Prop.ForAll(
                Conditions().ToArbitrary(),
                text =>
                {
                    var threshold = Threshold.Parse(text);
                    var again = Threshold.Parse(threshold.ToString());
                    return again.ToString() == threshold.ToString()
                        && again.Metrics.SequenceEqual(threshold.Metrics)
                        && again.Evaluate(Values) == threshold.Evaluate(Values);
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void Whatever_the_text_it_is_read_or_refused_with_a_column_inside_of_it() =>
        Prop.ForAll(
                Scraps().ToArbitrary(),
                text =>
                    Threshold.TryParse(text, out var threshold, out var problem)
                        ? Threshold.TryParse(threshold.ToString(), out _, out _)
                        : problem.Column >= 1 && problem.Column <= text.Length + 1 && problem.Todo.Length > 0
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void And_is_the_least_and_or_the_greatest_of_its_parts()
    {
        foreach (var (a, b) in Atoms.SelectMany(_ => Atoms, (a, b) => (a, b)))
        {
            Assert.That(Ask($"{a} AND {b}"), Is.EqualTo((Answer)Math.Min((int)Ask(a), (int)Ask(b))));
            Assert.That(Ask($"{a} OR {b}"), Is.EqualTo((Answer)Math.Max((int)Ask(a), (int)Ask(b))));
        }
    }

    [Test]
    public void De_Morgan_and_double_negation_hold_for_every_condition() =>
        Prop.ForAll(
                Conditions().ToArbitrary(),
                Conditions().ToArbitrary(),
                (a, b) =>
                    Ask($"NOT (({a}) AND ({b}))") == Ask($"NOT ({a}) OR NOT ({b})")
                    && Ask($"NOT (({a}) OR ({b}))") == Ask($"NOT ({a}) AND NOT ({b})")
                    && Ask($"NOT NOT ({a})") == Ask(a)
                    && Ask($"({a}) AND ({b})") == Ask($"({b}) AND ({a})")
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void Less_evidence_never_turns_an_answer_around() =>
        Prop.ForAll(
                Conditions().ToArbitrary(),
                text =>
                {
                    var threshold = Threshold.Parse(text);
                    var without = new Dictionary<string, Quantity>(Values);
                    without.Remove("yes");
                    return threshold.Evaluate(without).Answer is var less
                        && (less == Answer.Unknown || less == threshold.Evaluate(Values).Answer);
                }
            )
            .QuickCheckThrowOnFailure();

    static Answer Ask(string text) => Threshold.Parse(text).Evaluate(Values).Answer;

    static Gen<string> Conditions() => Gen.Sized(size => Condition(Math.Min(size, 12)));

    static Gen<string> Condition(int size) =>
        size == 0
            ? Gen.OneOf(Gen.Elements(Atoms), Comparison())
            : Gen.OneOf(
                Gen.Elements(Atoms),
                Comparison(),
                Condition(size / 2).Select(inner => $"NOT ({inner})"),
                from left in Condition(size / 2)
                from right in Condition(size / 2)
                from joined in Gen.Elements("AND", "or", "And")
                select $"({left}) {joined} {right}"
            );

    static Gen<string> Comparison() =>
        from metric in Gen.Elements("yes", "no", "maybe", "yes * 2", "2 * no - 1", "baseline.yes + 0.5", "-yes")
        from symbol in Gen.Elements(">", ">=", "<", "<=", "=", "!=")
        from number in Gen.Elements("0", "1", "2.5", "-1", "yes + no", "007")
        select $"{metric} {symbol} {number}";

    static Gen<string> Scraps() =>
        Gen.Elements(
                "coverage",
                "tests",
                "AND",
                "NOT",
                "(",
                ")",
                ">",
                "=",
                "85%",
                "2s",
                "1",
                "*",
                "-",
                "baseline.",
                "\0",
                "é",
                "🚀",
                "\ud800",
                "%"
            )
            .ArrayOf()
            .Select(scraps => string.Join(' ', scraps));
}
