extern alias gateway;

using gateway::ReleaseRecipes.Local.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace ReleaseRecipes.Local.Tests;

public sealed class RequestLogTests
{
    static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    readonly FakeTimeProvider clock = new(Noon);

    [Test]
    public void A_window_holds_what_came_within_it_and_nothing_else()
    {
        var log = new RequestLog(clock);
        for (var second = 0; second < 10; second++)
        {
            log.Record(TimeSpan.FromMilliseconds(100 * (second + 1)), error: second == 5, probe: second == 6);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var window = log.Between(Noon.AddSeconds(5).ToUnixTimeMilliseconds(), Noon.AddSeconds(8).ToUnixTimeMilliseconds());

        Assert.That((window.Requests, window.Errors, window.Probes), Is.EqualTo((3, 1, 1)));
        Assert.That(window.Latencies, Is.EqualTo(new[] { 0.6, 0.7, 0.8 }).Within(1e-6));
    }

    [Test]
    public void Counts_stay_exact_where_single_times_are_sampled()
    {
        var log = new RequestLog(clock);
        for (var i = 0; i < 10_000; i++)
        {
            log.Record(TimeSpan.FromMilliseconds(i % 100), error: i % 10 == 0, probe: false);
        }

        var window = log.Between(0, long.MaxValue);

        Assert.That((window.Requests, window.Errors), Is.EqualTo((10_000, 1_000)));
        Assert.That(window.Seconds, Is.EqualTo(495).Within(1e-6));
        Assert.That(window.Latencies, Has.Count.LessThan(100));
    }

    [Test]
    public void More_than_an_hour_is_not_kept()
    {
        var log = new RequestLog(clock);
        for (var i = 0; i < 40_000; i++)
        {
            log.Record(TimeSpan.FromMilliseconds(1), false, false);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.That(log.Between(0, long.MaxValue).Requests, Is.InRange(36_000, 36_600));
    }

    [Test]
    public void A_clock_that_is_set_back_loses_nothing()
    {
        var log = new RequestLog(clock);
        log.Record(TimeSpan.FromMilliseconds(1), false, false);
        clock.AdjustTime(Noon.AddMinutes(-10));
        log.Record(TimeSpan.FromMilliseconds(1), false, false);

        Assert.That(log.Between(0, long.MaxValue).Requests, Is.EqualTo(2));
    }
}
