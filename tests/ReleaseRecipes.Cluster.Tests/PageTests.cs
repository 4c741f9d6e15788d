using ReleaseRecipes.Deployment;
using ReleaseRecipes.Tests.Deployment.Kubernetes;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>A reader does as the page about Kubernetes shows.</summary>
public sealed class PageTests : ClusterTest
{
    protected override string Manifest =>
        string.Join("\n---\n", KubernetesPage.Manifests).Replace("namespace: shop", $"namespace: {Space}", StringComparison.Ordinal);

    [Test]
    public async Task Its_manifests_are_accepted_and_its_strategy_releases_what_they_make()
    {
        var shown = KubernetesPage.Strategies[0].Environments.Single();
        var places = Places(
            shown.Type,
            settings =>
                settings with
                {
                    CanaryPercentage = shown.CanaryPercentage,
                    Kubernetes = shown.Kubernetes with { Context = null, Namespace = Space },
                }
        );

        await places.DeployAsync(Candidate("1.1.0"));
        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        Assert.That(await TagAsync(), Is.EqualTo("1.2.0"));
        Assert.That(await GetAsync("role/release-recipes", "{.rules[0].resources}"), Is.EqualTo("""["deployments"]"""));
    }
}
