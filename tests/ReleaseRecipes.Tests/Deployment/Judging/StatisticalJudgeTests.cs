using ReleaseRecipes.Deployment;
using ReleaseRecipes.Thresholds;

namespace ReleaseRecipes.Tests.Deployment.Judging;

public sealed class StatisticalJudgeTests
{
    // spinnaker#6278, kayenta#780: passes there
    [Test]
    public void Seven_slow_requests_of_ten_are_a_breach()
    {
        double[] candidate = [.. Enumerable.Repeat(100.0, 7), 1, 1, 1];

        var judgement = Judge(candidate, [.. Enumerable.Repeat(1.0, 10)]);

        Assert.That(judgement, Is.EqualTo(new Judgement(Finding.Breached, "response times: Mann-Whitney: p=0.0015, effect=0.7, n=10/10")));
    }

    // kayenta#426: passes there
    [Test]
    public void Few_values_that_look_bad_are_no_pass()
    {
        var judgement = Judge([0, 1, 2, 1, 0, 0], [0, 0, 0, 0, 0, 0]);

        Assert.That(
            judgement,
            Is.EqualTo(new Judgement(Finding.Inconclusive, "response times: Mann-Whitney: p=0.0909, effect=0.5, n=6/6"))
        );
    }

    // kayenta#799: a baseline without a single error
    [TestCase(20, Finding.Breached)]
    [TestCase(4, Finding.Inconclusive)]
    [TestCase(0, Finding.Good)]
    public void Errors_are_judged_against_a_baseline_without_errors(int errors, Finding expected)
    {
        var judgement = new StatisticalJudge(50).Judge(Errors(errors, 1000, 0, 1000));

        Assert.That(judgement.Finding, Is.EqualTo(expected), judgement.Reason);
    }

    [Test]
    public void Identical_data_pass()
    {
        double[] same = [0.1, 0.2, 0.3, 0.2, 0.1, 0.4, 0.2];

        Assert.That(Judge(same, same).Finding, Is.EqualTo(Finding.Good));
    }

    [Test]
    public void A_difference_too_small_to_matter_passes_however_certain_it_is()
    {
        var baseline = Enumerable.Range(0, 5000).Select(at => 1 + (at * 0.00001)).ToArray();
        var candidate = baseline.Select(value => value * 1.03).ToArray();

        Assert.That(Judge(candidate, baseline).Finding, Is.EqualTo(Finding.Good));
    }

    [Test]
    public void Nothing_to_compare_is_no_pass() =>
        Assert.That(new StatisticalJudge(0).Judge(new Measurement()).Finding, Is.EqualTo(Finding.Inconclusive));

    [Test]
    public void The_exact_test_and_its_approximation_agree_where_they_meet()
    {
        var random = new Random(1);
        var candidate = Enumerable.Range(0, 25).Select(_ => (double)random.Next(20)).ToArray();
        var baseline = Enumerable.Range(0, 25).Select(_ => (double)random.Next(16)).ToArray();

        var exact = MannWhitney.Greater(candidate, baseline).P;
        var approximate = MannWhitney.Greater([.. candidate, 9], [.. baseline, 9]).P;

        Assert.That(approximate, Is.EqualTo(exact).Within(0.05));
    }

    // R: wilcox.test(c(1.1,2.2,3.3,4.4,5.5), c(0.5,1.5,2.5,3.5,0.7), alternative="greater")
    [Test]
    public void Without_ties_the_exact_test_is_the_one_of_the_tables() =>
        Assert.That(MannWhitney.Greater([1.1, 2.2, 3.3, 4.4, 5.5], [0.5, 1.5, 2.5, 3.5, 0.7]).P, Is.EqualTo(28.0 / 252).Within(1e-9));

    // Fisher's tea: three of four cups right
    [Test]
    public void The_lady_tasting_tea() => Assert.That(FisherExact.Greater(3, 4, 1, 4).P, Is.EqualTo(17.0 / 70).Within(1e-9));

    [TestCase(0, 0.5)]
    [TestCase(1.959963985, 0.025)]
    [TestCase(-1.644853627, 0.95)]
    [TestCase(6, 9.865876e-10)]
    public void The_tail_of_the_normal_distribution(double z, double expected) =>
        Assert.That(ReleaseRecipes.Deployment.NormalTail.Above(z), Is.EqualTo(expected).Within(expected * 1e-6));

    static Judgement Judge(IReadOnlyList<double> candidate, IReadOnlyList<double> baseline) =>
        new StatisticalJudge(0).Judge(new Measurement { CandidateLatencies = candidate, BaselineLatencies = baseline });

    static Measurement Errors(int errors, long requests, int baselineErrors, long baselineRequests) =>
        new()
        {
            Requests = requests,
            Candidate = new Dictionary<string, Quantity> { ["error_rate"] = Quantity.Share((double)errors / requests) },
            Baseline = new Dictionary<string, Quantity>
            {
                ["error_rate"] = Quantity.Share((double)baselineErrors / baselineRequests),
                ["requests"] = Quantity.Count(baselineRequests),
            },
        };
}
