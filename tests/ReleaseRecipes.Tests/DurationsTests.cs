using FsCheck;
using FsCheck.Fluent;

namespace ReleaseRecipes.Tests;

public sealed class DurationsTests
{
    [TestCase("500ms", 0.5)]
    [TestCase("30s", 30)]
    [TestCase("1.5s", 1.5)]
    [TestCase("5m", 300)]
    [TestCase("2h", 7200)]
    [TestCase("1h30m", 5400)]
    [TestCase("1d", 86400)]
    [TestCase("0s", 0)]
    public void A_number_with_a_unit_is_a_duration(string text, double seconds)
    {
        var read = Durations.TryParse(text, out var duration);

        Assert.That(read, Is.True);
        Assert.That(duration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5 m")]
    [TestCase("-5m")]
    [TestCase("5M")]
    [TestCase("30m1h")]
    [TestCase("1m1m")]
    [TestCase("5min")]
    [TestCase("1e3s")]
    [TestCase(".s")]
    [TestCase("99999999999999999999d")]
    [TestCase("5000d")]
    public void Anything_else_is_none(string text) => Assert.That(Durations.TryParse(text, out _), Is.False);

    [Test]
    public void What_is_formatted_reads_back_as_the_same()
    {
        var durations = Gen.Choose(0, int.MaxValue).Select(n => TimeSpan.FromMilliseconds(n)).ToArbitrary();

        Prop.ForAll(durations, duration => Durations.TryParse(Durations.Format(duration), out var read) && read == duration)
            .QuickCheckThrowOnFailure();
    }

    [TestCase(0.25, "250ms")]
    [TestCase(90, "1m30s")]
    [TestCase(3600, "1h")]
    [TestCase(3665, "1h01m05s")]
    [TestCase(172800, "2d")]
    public void The_text_is_the_shortest(double seconds, string expected) =>
        Assert.That(Durations.Format(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [TestCase(0.0123, "12ms")]
    [TestCase(3.14159, "3.1s")]
    [TestCase(187.53, "3m08s")]
    [TestCase(7384, "2h03m")]
    public void An_elapsed_time_is_rounded_to_what_matters(double seconds, string expected) =>
        Assert.That(Durations.Rough(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));
}
