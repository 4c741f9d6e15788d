using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Pods that do not come up: no traffic for them, and the reason in the cluster's own words.</summary>
public sealed class FailuresTests : ClusterTest
{
    [TestCase("blue_green", "missing", "ImagePullBackOff")]
    [TestCase("canary", "crash", "CrashLoopBackOff")]
    [TestCase("rolling", "crash", "CrashLoopBackOff")]
    [TestCase("recreate", "missing", "ImagePullBackOff")]
    [TestCase("canary", "unready", "is running and not ready")]
    public async Task An_image_that_does_not_start_is_taken_back_and_says_why(string type, string image, string reason)
    {
        var places = Places(type);
        await places.HasVerifiedAsync("1.0.0");
        places.Environment = places.Environment with { StartTimeout = TimeSpan.FromSeconds(image == "unready" ? 6 : 60) };
        places.Application = new ApplicationSettings { Image = $"example.com/{image}" };

        var result = await places.DeployAsync(Candidate("1.2.0"));

        await TakenBackAsync(result, reason);
    }

    [Test]
    public async Task Pods_that_fit_on_no_node_are_taken_back_and_say_so()
    {
        // Three pods on three nodes, never two on one: the candidate's do not fit.
        await ApplyAsync(
            App.Replace(
                    "      terminationGracePeriodSeconds: 0",
                    """
                          terminationGracePeriodSeconds: 0
                          affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {team: blue}}}]}}
                    """,
                    StringComparison.Ordinal
                )
                .Replace(
                    "  replicas: 3",
                    "  replicas: 3\n  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 3}}",
                    StringComparison.Ordinal
                )
        );
        await TestCluster.KubectlAsync(null, "rollout", "status", "deployment/app-production", $"--namespace={Space}", "--timeout=50s");

        var result = await Places("canary", settings => settings with { StartTimeout = TimeSpan.FromSeconds(5) })
            .DeployAsync(Candidate("1.2.0"));

        await TakenBackAsync(result, "Unschedulable");
    }

    [Test]
    public async Task A_quota_that_is_exceeded_is_named()
    {
        await TestCluster.KubectlAsync(null, "create", "quota", "tight", "--hard=pods=4", $"--namespace={Space}");

        var result = await Places("blue_green").DeployAsync(Candidate("1.2.0"));

        await TakenBackAsync(result, "exceeded quota: tight");
    }

    async Task TakenBackAsync(RolloutResult result, string reason)
    {
        Assert.That(result, Is.TypeOf<RolloutResult.RolledBack>().With.Property("Reason").Contains(reason).And.Property("Restored").True);
        Assert.That(await TagAsync(), Is.EqualTo("1.0.0"));
        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(await GetAsync("service/app-production", "{.spec.selector}"), Is.EqualTo("""{"app":"shop"}"""));
    }
}
