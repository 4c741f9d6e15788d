using ReleaseRecipes.Deployment;
using ReleaseRecipes.Tests.Deployment;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Whole rollouts of each type against a real API server, through the real kubectl.</summary>
public sealed class StrategiesTests : ClusterTest
{
    [TestCase("blue_green")]
    [TestCase("canary")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public async Task A_new_image_takes_over_and_a_bad_version_is_taken_back_to_the_one_that_was_recorded(string type)
    {
        var places = Places(type);
        await places.DeployAsync(Candidate("1.1.0"));

        var good = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(good, Is.TypeOf<RolloutResult.Verified>(), $"{good}");
        await StandsAsync(places);
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var bad = await places.DeployAsync(Candidate("1.3.0"));

        Assert.That(bad, Has.Property("Restored").True, $"{bad}");
        await StandsAsync(places);

        async Task StandsAsync(Places places)
        {
            Assert.That(await TagAsync(), Is.EqualTo("1.2.0"));
            Assert.That(await LeftAsync(), Is.Empty);
            Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
            Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.2.0", 3, 3, 100) }));
        }
    }

    [Test]
    public async Task A_rollback_by_hand_brings_the_version_before_up_and_then_moves_the_traffic()
    {
        var places = Places("blue_green");
        await places.HasVerifiedAsync("1.0.0");
        await places.DeployAsync(Candidate("1.2.0"));

        var back = await places.RollbackAsync();

        Assert.That(back, Has.Property("Restored").True);
        Assert.That(await TagAsync(), Is.EqualTo("1.0.0"));
        Assert.That(places.Verified, Is.EqualTo("1.0.0"));
    }
}
