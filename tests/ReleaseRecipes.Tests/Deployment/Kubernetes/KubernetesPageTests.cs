using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Deployment.Kubernetes;

/// <summary>What the page about Kubernetes shows is accepted. That an API server accepts it too is checked by the tests that have one.</summary>
public sealed class KubernetesPageTests
{
    [Test]
    public void Its_strategies_are_read_and_lack_nothing()
    {
        Assert.That(KubernetesPage.Strategies, Has.Count.EqualTo(2));
        Assert.That(KubernetesPage.Strategies.SelectMany(StrategyFile.WhatIsMissing), Is.Empty);
        Assert.That(
            KubernetesPage.Strategies.SelectMany(strategy => strategy.Environments),
            Has.All.Property("Provider").EqualTo("kubernetes")
        );
    }

    [Test]
    public void Its_Role_is_the_one_that_Doctor_prints() =>
        Assert.That(
            KubernetesPage.Manifests,
            Has.One.EqualTo(KubernetesRole.Text(new KubernetesSettings { Namespace = "shop", Traffic = "replicas" }))
        );
}
