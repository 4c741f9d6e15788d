using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Deployment.Judging;

public sealed class TallyTests
{
    static readonly EnvironmentSettings Strict = new("production");

    // g good, b breached, i inconclusive, e error, t too few
    [TestCase("ggggg", 0, 0, 4, "passes")]
    [TestCase("ggb", 0, 0, 4, "breached")]
    [TestCase("gbgbg", 2, 0, 4, "passes")]
    [TestCase("bgbgb", 2, 0, 4, "breached")]
    [TestCase("ggigg", 0, 0, 4, "no evidence")]
    [TestCase("ggigg", 0, 1, 4, "passes")]
    [TestCase("geeee", 0, 0, 4, "passes")]
    [TestCase("geeeee", 0, 0, 4, "blind")]
    [TestCase("eeegeeeg", 0, 0, 4, "passes")]
    [TestCase("eeee", 0, 0, 4, "no evidence")]
    [TestCase("bbb", 5, 0, 4, "no evidence")]
    [TestCase("iii", 0, 5, 4, "no evidence")]
    [TestCase("ggggt", 0, 0, 4, "no evidence")]
    [TestCase("", 0, 0, 4, "no evidence")]
    public void Measurements_are_counted_as_documented(string measured, int failures, int inconclusive, int errors, string expected)
    {
        var settings = Strict with { FailureLimit = failures, InconclusiveLimit = inconclusive, ErrorLimit = errors };

        var tally = measured.Aggregate(new Tally(settings), (sum, letter) => sum.Add(new Judgement(Read(letter), "")));

        Assert.That(
            tally.IsBreached ? "breached"
                : tally.IsBlind ? "blind"
                : tally.Passes ? "passes"
                : "no evidence",
            Is.EqualTo(expected)
        );
    }

    static Finding Read(char letter) =>
        letter switch
        {
            'g' => Finding.Good,
            'b' => Finding.Breached,
            'e' => Finding.Error,
            't' => Finding.TooFew,
            _ => Finding.Inconclusive,
        };
}
