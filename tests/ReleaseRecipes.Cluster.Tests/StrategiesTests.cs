using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;
using ReleaseRecipes.Tests.Simulation;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Whole rollouts of each type against a real API server, through the real kubectl.</summary>
public sealed class StrategiesTests : ClusterTest
{
    [TestCase("blue_green")]
    [TestCase("canary")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public async Task A_deployment_that_exists_is_adopted_and_each_strategy_ends_on_the_new_image(string type)
    {
        var places = Places(type);

        await places.DeployAsync(Candidate("1.1.0"));
        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo("1.2.0"));
        Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.2.0", 3, 3, 100) }));
    }

    [TestCase("blue_green")]
    [TestCase("canary")]
    [TestCase("rolling")]
    [TestCase("recreate")]
    public async Task A_bad_version_is_taken_back_to_the_recorded_image(string type)
    {
        var places = Places(type);
        await places.DeployAsync(Candidate("1.1.0"));
        places.Metrics = SimulatedMetrics.Always(SimulatedMetrics.ErrorRate(0.5));

        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Has.Property("Restored").True, $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo("1.1.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.1.0", 3, 3, 100) }));
    }

    [Test]
    public async Task A_rollback_by_hand_brings_the_version_before_up_and_then_moves_the_traffic()
    {
        var places = Places("blue_green");
        await places.DeployAsync(Candidate("1.1.0"));
        await places.DeployAsync(Candidate("1.2.0"));

        var back = await places.RollbackAsync();

        Assert.That(back, Has.Property("Restored").True);
        Assert.That(await TagAsync(), Is.EqualTo("1.1.0"));
        Assert.That(places.Verified, Is.EqualTo("1.1.0"));
    }
}
