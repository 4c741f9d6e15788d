using ReleaseRecipes.Dashboard.Delivery;
using ReleaseRecipes.Dashboard.Tests.Support;

namespace ReleaseRecipes.Dashboard.Tests;

public sealed class DeliveryTests
{
    [Test]
    public async Task Without_data_there_are_no_measures_rather_than_zeros()
    {
        using var history = new History();
        history.Repository.Commit("feat: first");

        Assert.That((await history.ReadAsync()).Delivery, Is.EqualTo(DeliveryMeasures.None));
    }

    [Test]
    public async Task A_rollback_is_a_failed_deployment_and_no_new_success()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        await history.ReleasedAsync("1.1.0");
        await history.PlannedAsync("1.2.0");
        await history.TrafficAsync("1.2.0");
        await history.RolledBackAsync("1.2.0", "1.1.0", "error_rate > 1%");

        var delivery = (await history.ReadAsync()).Delivery;

        Assert.That(delivery.FailRate, Is.EqualTo(1 / 3.0).Within(1e-9));
        Assert.That(delivery.Frequency, Is.EqualTo(2));
    }

    [Test]
    public async Task Recovery_is_from_the_first_users_of_the_bad_release_to_the_good_one()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        await history.PlannedAsync("1.1.0");
        await history.TrafficAsync("1.1.0");
        history.Clock.Advance(TimeSpan.FromHours(2));
        await history.RolledBackAsync("1.1.0", "1.0.0", "too slow");

        Assert.That((await history.ReadAsync()).Delivery.Recovery, Is.EqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public async Task A_release_that_was_taken_back_after_its_verification_failed_too_and_counts_once()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        await history.ReleasedAsync("1.1.0");
        await history.RolledBackAsync("1.1.0", "1.0.0", "customers called");

        Assert.That((await history.ReadAsync()).Delivery.FailRate, Is.EqualTo(0.5));
    }

    [Test]
    public async Task Lead_time_is_the_median_from_commit_to_production()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");

        var overview = await history.ReadAsync();

        var deployment = overview.Deployments.Single();
        Assert.That(overview.Delivery.LeadTime, Is.EqualTo(deployment.Verified - deployment.Commits.Single()));
        Assert.That(overview.Delivery.LeadTime, Is.GreaterThan(TimeSpan.FromDays(4)));
    }

    [Test]
    public async Task What_is_longer_ago_than_three_months_does_not_count()
    {
        using var history = new History();
        await history.ReleasedAsync("1.0.0");
        history.Clock.Advance(TimeSpan.FromDays(100));

        Assert.That((await history.ReadAsync()).Delivery, Is.EqualTo(DeliveryMeasures.None));
    }
}
