using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Thresholds;

public sealed class ThresholdErrorTests
{
    [TestCase("error_rate > 1", 14, "Write 1%.")]
    [TestCase("error_rate > 0.01", 14, "Write 0.01%, or 1% if the share 0.01 of one is meant.")]
    [TestCase("success_rate = 100", 16, "Write 100%.")]
    [TestCase("response_time > 2", 17, "Write 2s.")]
    [TestCase("p95_response_time > 2000", 21, "Write 2000ms.")]
    [TestCase("p75_response_time > 1%", 21, "Write a duration such as 500ms or 2s.")]
    [TestCase("critical_vulnerabilities = 0%", 28, "Write 0.")]
    [TestCase("1 < error_rate", 1, "Write 1%.")]
    [TestCase("coverage > response_time", 10, "Compare metrics of the same unit.")]
    [TestCase("coverage - 1s > 5%", 10, "Give both the same unit.")]
    public void A_number_without_its_unit_is_an_error_that_suggests_it(string text, int column, string todo)
    {
        var read = Threshold.TryParse(text, out _, out var problem);

        Assert.That(read, Is.False);
        Assert.That((problem!.Column, problem.Todo), Is.EqualTo((column, todo)));
    }

    [TestCase("", 1)]
    [TestCase("coverage", 9)]
    [TestCase("coverage >", 11)]
    [TestCase("coverage > 85% AND", 19)]
    [TestCase("coverage >> 85%", 11)]
    [TestCase("coverage == 85%", 10)]
    [TestCase("(coverage > 85%", 16)]
    [TestCase("coverage > 85%)", 15)]
    [TestCase("coverage > 85% && tests > 1", 16)]
    [TestCase("coverage > 85% tests > 1", 16)]
    [TestCase("Coverage > 85%", 1)]
    [TestCase("error_rate > NaN", 14)]
    [TestCase("error_rate > nan", 14)]
    [TestCase("error_rate > infinity", 14)]
    [TestCase("tests > 1e9", 9)]
    [TestCase("tests > 5.", 9)]
    [TestCase("tests > 5%%", 9)]
    [TestCase("coverage ≥ 85%", 10)]
    [TestCase("coverage > 85% 🚀", 16)]
    [TestCase("1 = 1", 1)]
    [TestCase("coverage * baseline.coverage > 1%", 12)]
    [TestCase("coverage > {{version}}", 12)]
    [TestCase("$(id) > 1", 1)]
    [TestCase("baseline > 1", 1)]
    [TestCase("baseline.coverage.x > 1", 1)]
    public void A_text_that_is_no_condition_is_refused_with_its_column(string text, int column)
    {
        var problem = Assert.Throws<ReleaseException>(() => Threshold.Parse(text))!;

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
        Assert.That(problem.Where, Does.EndWith($"column {column}"));
        Assert.That(problem.Todo, Is.Not.Empty);
    }

    [TestCase("covrage > 85%\u0001", "stands after")]
    [TestCase("coverage == 85%", "Did you mean =?")]
    [TestCase("coverage => 85%", "Did you mean >=?")]
    [TestCase("coverage > 85% || tests > 1", "Did you mean OR?")]
    [TestCase("Error_Rate > 1%", "Did you mean error_rate?")]
    public void The_refusal_says_what_was_probably_meant(string text, string expected) =>
        Assert.That(Assert.Throws<ReleaseException>(() => Threshold.Parse(text))!.Message, Does.Contain(expected));

    [Test]
    public void Ten_thousand_terms_are_read_and_answered()
    {
        var text = string.Join(" AND ", Enumerable.Repeat("tests > 0 OR NOT (coverage > 85%)", 10_000));

        var evaluation = Threshold.Parse(text).Evaluate(new Dictionary<string, Quantity> { ["tests"] = Quantity.Count(1) });

        Assert.That(evaluation.Answer, Is.EqualTo(Answer.Yes));
    }

    [Test]
    public void Ten_thousand_summands_and_factors_are_read()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("unknown_metric", 10_000));
        var product = string.Join(" * ", Enumerable.Repeat("1", 10_000));

        var evaluation = Threshold
            .Parse($"{sum} > {product}")
            .Evaluate(new Dictionary<string, Quantity> { ["unknown_metric"] = Quantity.Count(1) });

        Assert.That(evaluation.Answer, Is.EqualTo(Answer.Yes));
    }

    [TestCase("(")]
    [TestCase("NOT ")]
    [TestCase("NOT(")]
    [TestCase("-")]
    public void Deep_nesting_is_refused_before_the_stack_ends(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 100_000)) + "tests > 1";

        Assert.Throws<ReleaseException>(() => Threshold.Parse(text));
    }

    [Test]
    public void A_number_too_large_for_a_double_is_no_number() =>
        Assert.Throws<ReleaseException>(() => Threshold.Parse("tests > " + new string('9', 400)));
}
