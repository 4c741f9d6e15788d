using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Tests.Deployment.Kubernetes;

public sealed class KubernetesPureTests
{
    // weight, candidate's pods, stable pods -> candidate, stable
    [TestCase(10, 4, 4, 1, 4)]
    [TestCase(10, 10, 9, 1, 9)]
    [TestCase(50, 4, 4, 4, 4)]
    [TestCase(75, 4, 4, 4, 1)]
    [TestCase(25, 4, 4, 1, 4)]
    [TestCase(99, 1, 1, 1, 1)]
    [TestCase(1, 1, 1, 1, 1)]
    [TestCase(41, 10, 10, 7, 10)]
    public void A_share_becomes_numbers_of_pods(int weight, int candidate, int stable, int ours, int theirs) =>
        Assert.That(ReplicaSplit.Of(weight, candidate, stable), Is.EqualTo((ours, theirs)));

    [TestCase("Error from server (Forbidden): deployments is forbidden: User \"x\" cannot list", "does not let this user", "Role")]
    [TestCase("error: You must be logged in to the server (Unauthorized)", "credentials", "Log in")]
    [TestCase("The connection to the server 127.0.0.1:1 was refused: connection refused", "cannot be reached", "goes on")]
    [TestCase("error: context was not found for specified context: prod", "no context 'prod'", "get-contexts")]
    [TestCase("error: the server doesn't have a resource type \"httproutes\"", "does not know that kind", "custom resources")]
    public void Failures_of_kubectl_say_what_to_do(string error, string what, string todo)
    {
        var problem = KubectlProblem.Of(new ProgramResult(1, "", error), ["get"], "prod", "shop");

        Assert.That(problem, Has.Property("What").Contains(what).And.Property("Todo").Contains(todo));
    }

    [Test]
    public void A_route_keeps_the_backends_and_rules_of_others()
    {
        var route = JsonNode
            .Parse(
                """
                {"spec":{"rules":[
                  {"backendRefs":[{"name":"other","port":80}]},
                  {"filters":[{"type":"RequestHeaderModifier"}],"backendRefs":[{"name":"legacy","port":80,"weight":20},{"name":"shop","port":80,"weight":80}]}
                ]}}
                """
            )!
            .AsObject();

        var patch = Route(RouteShape.GatewayApi).Patch(route, 25).ToJsonString();

        Assert.That(
            patch,
            Is.EqualTo(
                """[{"op":"test","path":"/spec/rules/1/backendRefs/1/name","value":"shop"},{"op":"add","path":"/spec/rules/1/backendRefs/1/weight","value":60},{"op":"add","path":"/spec/rules/1/backendRefs/-","value":{"name":"shop-candidate","port":80,"weight":20}}]"""
            )
        );
    }

    [Test]
    public void A_virtual_service_has_its_two_weights_set()
    {
        var route = JsonNode
            .Parse(
                """{"spec":{"http":[{"route":[{"destination":{"host":"shop.web.svc.cluster.local"},"weight":90},{"destination":{"host":"shop-candidate.web.svc.cluster.local"},"weight":10}]}]}}"""
            )!
            .AsObject();

        var patch = Route(RouteShape.Istio).Patch(route, 50);

        Assert.That(
            patch.Select(operation => $"{operation!["path"]}={operation["value"]}"),
            Does.Contain("/spec/http/0/route/0/weight=50").And.Contain("/spec/http/0/route/1/weight=50")
        );
    }

    [Test]
    public void A_route_that_does_not_lead_to_the_service_is_an_error() =>
        Assert.That(
            () => Route(RouteShape.GatewayApi).Patch(new JsonObject { ["spec"] = new JsonObject { ["rules"] = new JsonArray() } }, 10),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("has no backend shop")
        );

    [Test]
    public void Pods_say_why_they_do_not_start()
    {
        var pod = JsonNode
            .Parse(
                """{"status":{"containerStatuses":[{"name":"app","ready":false,"state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off"}}}],"conditions":[{"type":"PodScheduled","reason":"Unschedulable","message":"0/3 nodes"}]}}"""
            )!
            .AsObject();

        var reasons = PodReasons.Of([], [pod]);

        Assert.That(reasons, Is.EqualTo(new[] { "ImagePullBackOff: container app: Back-off", "Unschedulable: 0/3 nodes" }));
        Assert.That(reasons.Select(PodReasons.IsHopeless), Is.EqualTo(new[] { true, false }));
    }

    [TestCase("1.2.0+sha.5114f85", "1.2.0-sha.5114f85")]
    [TestCase("-odd-", "odd")]
    public void A_version_becomes_a_label(string version, string label) => Assert.That(KubernetesNames.Label(version), Is.EqualTo(label));

    [TestCase("registry.example.com:5000/shop:1.4.0", "1.4.0")]
    [TestCase("registry.example.com:5000/shop", "unversioned")]
    [TestCase("shop:1.4.0@sha256:abc", "1.4.0")]
    public void What_ran_before_the_first_release_is_known_by_its_tag(string image, string version)
    {
        var deployment = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject
                {
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = image }) },
                },
            },
        };

        Assert.That(new Workload(deployment, false).Version("app"), Is.EqualTo(version));
    }

    static WeightedRoute Route(RouteShape shape) => new(new Kubectl(null, "web"), shape, "shop", "shop", "shop-candidate");
}
