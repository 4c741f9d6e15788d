using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>What is adopted, what is left alone, and who else may have a say.</summary>
public sealed class AdoptionTests : ClusterTest
{
    [Test]
    public async Task Only_the_application_s_containers_change_and_what_others_made_stays()
    {
        await TestCluster.KubectlAsync(null, "create", "deployment", "bystander", "--image=example.com/shop:0.9", $"--namespace={Space}");

        await Places("canary").DeployAsync(Candidate("1.1.0"));

        var images = await GetAsync(
            "deployment/app-production",
            "{.spec.template.spec.initContainers[*].image} {.spec.template.spec.containers[*].image}"
        );
        Assert.That(
            images.Split(' ').Select(image => image.Split('@')[0]),
            Is.EqualTo(new[] { "example.com/shop:1.1.0", "example.com/wait:3", "example.com/shop:1.1.0", "example.com/sidecar:7" })
        );
        Assert.That(
            await GetAsync("deployment/bystander", "{.spec.template.spec.containers[0].image}"),
            Is.EqualTo("example.com/shop:0.9")
        );
    }

    [Test]
    public async Task What_is_promoted_is_the_digest_that_was_verified()
    {
        await Places("blue_green").DeployAsync(Candidate("1.1.0"));

        Assert.That(
            await GetAsync("deployment/app-production", "{.spec.template.spec.containers[0].image}"),
            Does.Match("^example.com/shop:1.1.0@sha256:[0-9a-f]{64}$")
        );
    }

    [Test]
    public async Task The_candidate_and_its_preview_are_labelled_and_the_preview_reaches_it_alone()
    {
        var places = Places("blue_green");
        await places.DeployAsync(Candidate("1.1.0"));

        await places.Target.InstallAsync("1.2.0", Candidate("1.2.0"), 3, new Words(), CancellationToken.None);

        foreach (var kind in new[] { "deployment", "service" })
        {
            Assert.That(
                await GetAsync($"{kind}/app-production-candidate", "{.metadata.labels}"),
                Is.EqualTo(
                    """{"app.kubernetes.io/managed-by":"release-recipes","app.kubernetes.io/version":"1.2.0","release-recipes/release":"v1.2.0"}"""
                )
            );
        }

        Assert.That(await AddressesAsync("app-production-candidate"), Has.Length.EqualTo(3));
        Assert.That(
            (await AddressesAsync("app-production")).Intersect(await AddressesAsync("app-production-candidate")),
            Is.Empty,
            "users reach no pod of the candidate"
        );
    }

    [Test]
    public async Task A_candidate_that_somebody_else_made_is_left_alone()
    {
        await TestCluster.KubectlAsync(
            null,
            "create",
            "deployment",
            "app-production-candidate",
            "--image=example.com/theirs:1",
            $"--namespace={Space}"
        );

        var result = await Places("canary").DeployAsync(Candidate("1.1.0"));

        Assert.That(result, Has.Property("Reason").Contains("was not made by release-recipes"));
        Assert.That(
            await GetAsync("deployment/app-production-candidate", "{.spec.template.spec.containers[0].image}"),
            Is.EqualTo("example.com/theirs:1")
        );
    }

    [Test]
    public async Task Without_replicas_in_the_strategy_a_deployment_keeps_its_own_number()
    {
        var places = Places("blue_green", settings => settings with { Replicas = 1 });
        var metrics = new WatchedMetrics(() => GetAsync("deployments", "{.items[*].spec.replicas}"));
        places.Metrics = metrics;

        await places.DeployAsync(Candidate("1.1.0"));
        await TestCluster.KubectlAsync(null, "scale", "deployment/app-production", "--replicas=4", $"--namespace={Space}");
        await TestCluster.KubectlAsync(null, "rollout", "status", "deployment/app-production", $"--namespace={Space}", "--timeout=50s");
        await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(metrics.Seen.Distinct(), Is.EqualTo(new[] { "3 3", "4 4" }), "the candidate has as many before it gets the traffic");
        Assert.That(await GetAsync("deployment/app-production", "{.spec.replicas}"), Is.EqualTo("4"));
    }

    [Test]
    public async Task An_autoscaler_s_number_is_the_candidate_s_too_and_is_not_changed()
    {
        await ApplyAsync(
            """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: shop}
            spec: {minReplicas: 4, maxReplicas: 8, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app-production}}
            """
        );
        while (await GetAsync("deployment/app-production", "{.spec.replicas}") != "4")
        {
            await Task.Delay(200);
        }

        await TestCluster.KubectlAsync(null, "rollout", "status", "deployment/app-production", $"--namespace={Space}", "--timeout=50s");
        var places = Places("canary", settings => settings with { Replicas = 2 });
        var metrics = new WatchedMetrics(() => GetAsync("deployments", "{.items[*].spec.replicas}"));
        places.Metrics = metrics;

        await places.DeployAsync(Candidate("1.1.0"));
        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Is.TypeOf<RolloutResult.Verified>(), $"{result}");
        // The first deployment takes all at once, as the last share does; 25% beside four pods is one.
        Assert.That(metrics.Seen.Distinct(), Is.EqualTo(new[] { "4 4", "4 1" }));
        Assert.That(await GetAsync("deployment/app-production", "{.spec.replicas}"), Is.EqualTo("4"));
    }

    [Test]
    public async Task A_disruption_budget_is_not_broken_by_stopping_everything()
    {
        var version = (await TestCluster.KubectlAsync(null, "api-versions")).Split('\n').Contains("policy/v1") ? "v1" : "v1beta1";
        await ApplyAsync(
            $$"""
            apiVersion: policy/{{version}}
            kind: PodDisruptionBudget
            metadata: {name: keep-two}
            spec: {minAvailable: 2, selector: {matchLabels: {app: shop} } }
            """
        );
        var places = Places("recreate");
        await places.DeployAsync(Candidate("1.1.0"));

        var result = await places.DeployAsync(Candidate("1.2.0"));

        Assert.That(result, Has.Property("Restored").True.And.Property("Reason").Contains("poddisruptionbudget/keep-two wants 2 pods"));
        Assert.That((await StateAsync(places)).Versions, Is.EqualTo(new[] { new RunningVersion("1.1.0", 3, 3, 100) }));
    }

    [Test]
    public async Task A_manager_that_would_put_its_image_back_is_named_before_anything_starts()
    {
        await TestCluster.KubectlAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app-production}
            spec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: app, image: "example.com/shop:1.0.0"}]}}}
            """,
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=argocd-controller",
            $"--namespace={Space}",
            "--filename=-"
        );

        var result = await Places("canary").DeployAsync(Candidate("1.1.0"));

        Assert.That(
            result,
            Has.Property("Reason")
                .Contains("argocd-controller owns")
                .And.Property("Reason")
                .Contains(".image")
                .And.Property("Reason")
                .Contains("ignoreDifferences")
        );
        Assert.That(await TagAsync(), Is.EqualTo("1.0.0"));
        Assert.That(await LeftAsync(), Is.Empty);
    }

    [Test]
    public async Task A_manager_that_applied_once_is_named_when_its_fields_are_taken_over()
    {
        var words = new Words();
        var manifest = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "app-production" },
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject
                {
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "example.com/shop:2" }),
                    },
                },
            },
        };

        await new KubernetesApi(null, Space).ApplyAsync(KubernetesResource.Deployments, manifest, words, CancellationToken.None);

        Assert.That(
            words.Said,
            Has.One.Contains(
                "taking over fields of deployment/app-production: kubectl-client-side-apply owns .spec.template.spec.containers"
            )
        );
        Assert.That(await GetAsync("deployment/app-production", "{.spec.selector.matchLabels}"), Is.EqualTo("""{"app":"shop"}"""));
    }

    async Task<string[]> AddressesAsync(string service)
    {
        // Endpoints follow the pods after a moment.
        for (var left = 100; ; left--)
        {
            var addresses = (await GetAsync($"endpoints/{service}", "{.subsets[*].addresses[*].ip}")).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            );
            if (addresses.Length == 3 || left == 0)
            {
                return addresses;
            }

            await Task.Delay(100);
        }
    }
}
