using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Several Deployments of one application; one of them fetches its work itself and has no Service.</summary>
public sealed class WorkloadsTests : ClusterTest
{
    protected override string Manifest =>
        App.Replace("app-production", "web", StringComparison.Ordinal)
        + "\n---\n"
        + App.Split("---")[0]
            .Replace("app-production", "worker", StringComparison.Ordinal)
            .Replace("app: shop", "app: worker", StringComparison.Ordinal);

    [TestCase("canary")]
    [TestCase("recreate")]
    public async Task They_are_moved_side_by_side(string type)
    {
        var places = Places(type, settings => settings with { Kubernetes = settings.Kubernetes with { Workloads = ["web", "worker"] } });

        await places.HasVerifiedAsync("1.0.0");
        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync("web"), Is.EqualTo("1.2.0"));
        Assert.That(await TagAsync("worker"), Is.EqualTo("1.2.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.2.0", 3, 3, 100) }));
    }
}
