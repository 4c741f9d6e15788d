using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Thresholds;

public sealed class ThresholdTests
{
    static readonly Dictionary<string, Quantity> Metrics = new()
    {
        ["coverage"] = Quantity.Share(0.832),
        ["success_rate"] = Quantity.Share(1),
        ["critical_vulnerabilities"] = Quantity.Count(0),
        ["error_rate"] = Quantity.Share(0.004),
        ["response_time"] = Quantity.Seconds(0.35),
        ["p95_response_time"] = Quantity.Seconds(1.9),
        ["tests"] = Quantity.Count(120),
        ["broken"] = Quantity.Count(double.NaN),
        ["endless"] = Quantity.Count(double.PositiveInfinity),
        ["queue_length"] = Quantity.Count(7),
    };

    static readonly Dictionary<string, Quantity> Baseline = new()
    {
        ["coverage"] = Quantity.Share(0.84),
        ["response_time"] = Quantity.Seconds(0.3),
    };

    [TestCase("coverage > 85%", Answer.No)]
    [TestCase("coverage > 80%", Answer.Yes)]
    [TestCase("success_rate = 100%", Answer.Yes)]
    [TestCase("critical_vulnerabilities = 0", Answer.Yes)]
    [TestCase("p95_response_time < 2s", Answer.Yes)]
    [TestCase("p95_response_time < 1900ms", Answer.No)]
    [TestCase("p95_response_time <= 1900ms", Answer.Yes)]
    [TestCase("error_rate > 1% OR response_time > 2s", Answer.No)]
    [TestCase("error_rate > 1% or not response_time > 2s", Answer.Yes)]
    [TestCase("NOT (coverage > 85% OR tests != 120)", Answer.Yes)]
    [TestCase("tests >= 100 AND coverage > 80% OR error_rate > 50%", Answer.Yes)]
    [TestCase("tests > 200 AND (coverage > 80% OR error_rate < 50%)", Answer.No)]
    [TestCase("queue_length <= 7", Answer.Yes)]
    [TestCase("80% < coverage", Answer.Yes)]
    public void A_condition_over_measured_values_is_answered(string text, Answer expected) =>
        Assert.That(Threshold.Parse(text).Evaluate(Metrics).Answer, Is.EqualTo(expected));

    [TestCase("coverage >= baseline.coverage - 1%", Answer.Yes)]
    [TestCase("coverage >= baseline.coverage", Answer.No)]
    [TestCase("response_time > baseline.response_time * 1.2", Answer.No)]
    [TestCase("response_time > 110% * baseline.response_time", Answer.Yes)]
    [TestCase("response_time < baseline.response_time + 100ms", Answer.Yes)]
    public void The_version_now_serving_is_the_baseline(string text, Answer expected) =>
        Assert.That(Threshold.Parse(text).Evaluate(Metrics, Baseline).Answer, Is.EqualTo(expected));

    [TestCase("mutation_score > 80%", "mutation_score (missing) > 80%: unknown")]
    [TestCase("broken > 1", "broken (NaN) > 1: unknown")]
    [TestCase("endless > 1", "endless (infinite) > 1: unknown")]
    [TestCase("NOT broken > 1", "NOT broken (NaN) > 1: unknown")]
    [TestCase("coverage > baseline.coverage", "coverage 83.2% > baseline.coverage (missing): unknown")]
    [TestCase("queue_length > 5%", "queue_length 7 > 5%: unknown (a plain number cannot be compared with a ratio)")]
    public void Without_evidence_the_answer_is_unknown(string text, string expected)
    {
        var evaluation = Threshold.Parse(text).Evaluate(Metrics);

        Assert.That(evaluation, Is.EqualTo(new Evaluation(Answer.Unknown, expected)));
    }

    [Test]
    public void A_metric_that_was_measured_in_another_unit_is_no_evidence()
    {
        var evaluation = Threshold.Parse("coverage > 80%").Evaluate(new Dictionary<string, Quantity> { ["coverage"] = Quantity.Count(95) });

        Assert.That(evaluation.Answer, Is.EqualTo(Answer.Unknown));
        Assert.That(evaluation.Text, Does.Contain("coverage was measured as a plain number and is a ratio"));
    }

    [TestCase("coverage > 85%", "coverage 83.2% > 85%: no")]
    [TestCase("response_time < 2s and tests > 100", "response_time 350ms < 2s AND tests 120 > 100: yes")]
    [TestCase("coverage >= baseline.coverage - 1%", "coverage 83.2% >= baseline.coverage 84% - 1%: yes")]
    public void The_text_has_the_values_put_in(string text, string expected) =>
        Assert.That(Threshold.Parse(text).Evaluate(Metrics, Baseline).Text, Is.EqualTo(expected));

    [Test]
    public void A_value_that_just_misses_is_not_rounded_to_what_it_misses()
    {
        var evaluation = Threshold
            .Parse("coverage >= 85%")
            .Evaluate(new Dictionary<string, Quantity> { ["coverage"] = Quantity.Share(0.849999) });

        Assert.That(evaluation.Text, Is.EqualTo("coverage 84.9999% >= 85%: no"));
    }

    [Test]
    public void Its_metrics_are_known_before_anything_is_measured()
    {
        var threshold = Threshold.Parse("coverage >= baseline.coverage - 1% AND tests > 0 AND coverage > 50%");

        Assert.That(threshold.Metrics, Is.EqualTo(["coverage", "tests"]));
        Assert.That(threshold.BaselineMetrics, Is.EqualTo(["coverage"]));
    }

    [Test]
    public void A_difference_in_the_last_bit_is_none()
    {
        var metrics = new Dictionary<string, Quantity> { ["x"] = Quantity.Share(0.1 + 0.2) };

        Assert.That(Threshold.Parse("x = 30%").Evaluate(metrics).Answer, Is.EqualTo(Answer.Yes));
        Assert.That(Threshold.Parse("x > 30%").Evaluate(metrics).Answer, Is.EqualTo(Answer.No));
    }
}
