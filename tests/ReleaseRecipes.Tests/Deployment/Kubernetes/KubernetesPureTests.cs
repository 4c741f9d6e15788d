using System.Text.Json.Nodes;
using ReleaseRecipes.Deployment;

namespace ReleaseRecipes.Tests.Deployment.Kubernetes;

public sealed class KubernetesPureTests
{
    const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

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

    // The Status objects are the API server's own, shortened.
    [TestCase(403, """{"reason":"Forbidden","message":"deployments.apps is forbidden: User \"x\" cannot patch"}""", "does not let", "Role")]
    [TestCase(
        403,
        """{"reason":"Forbidden","message":"pods \"a\" is forbidden: exceeded quota: q, requested: pods=1"}""",
        "quota",
        "Raise"
    )]
    [TestCase(401, """{"reason":"Unauthorized","message":"Unauthorized"}""", "credentials", "Log in")]
    [TestCase(500, "dial tcp 127.0.0.1:1: connect: connection refused", "cannot be reached", "goes on")]
    [TestCase(500, "getting credentials: exec: executable aws failed with exit code 255", "no credentials", "Log in")]
    [TestCase(500, "x509: certificate signed by unknown authority", "certificate", "kubeconfig")]
    [TestCase(404, "404 page not found", "does not know that kind", "custom resources")]
    public async Task Failures_of_a_cluster_say_what_to_do(int code, string body, string what, string todo)
    {
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)code) { Content = new StringContent(body) };
        var answer = await KubernetesAnswer.OfAsync(response, CancellationToken.None);

        var problem = KubernetesProblem.Of(answer, "get deployment/shop", "prod", "shop");

        Assert.That(problem, Has.Property("What").Contains(what).And.Property("Todo").Contains(todo));
    }

    [TestCase("error: context \"prod\" does not exist", "no context 'prod'", "get-contexts")]
    [TestCase("sh: 6: kubectl: not found", "kubectl is not installed", "https://kubernetes.io")]
    public void A_kubectl_that_does_not_start_says_what_to_do(string error, string what, string todo) =>
        Assert.That(KubernetesProblem.OfStart(error, "prod"), Has.Property("What").Contains(what).And.Property("Todo").Contains(todo));

    [Test]
    public void A_conflict_names_the_manager_and_its_fields()
    {
        var status = Json(
            """{"details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"argocd-controller\" using apps/v1","field":".spec.template.spec.containers[name=\"app\"].image"}]}}"""
        );

        var conflicts = FieldConflict.Of(status).ToList();

        Assert.That(
            FieldConflict.Describe(conflicts),
            Is.EqualTo("argocd-controller owns .spec.template.spec.containers[name=\"app\"].image")
        );
        Assert.That(conflicts[0].IsKept, Is.True);
    }

    [Test]
    public void A_route_keeps_the_backends_and_rules_of_others_and_comes_back_as_it_was()
    {
        var route = Json(
            """
            {"metadata":{},"spec":{"rules":[
              {"backendRefs":[{"name":"other","port":80}]},
              {"backendRefs":[{"name":"shop","namespace":"elsewhere","port":80}]},
              {"filters":[{"type":"RequestHeaderModifier"}],"backendRefs":[{"name":"legacy","port":80,"weight":20},{"name":"shop","port":80,"weight":80}]}
            ]}}
            """
        );

        var patch = Words(Route(RouteShape.GatewayApi).Patch(route, 25));

        Assert.That(
            patch.Skip(1),
            Is.EqualTo(
                new[]
                {
                    "add /spec/rules/2/backendRefs/1/weight 60",
                    """add /spec/rules/2/backendRefs/- {"name":"shop-candidate","port":80,"weight":20}""",
                }
            )
        );
    }

    [Test]
    public void A_virtual_service_has_its_two_weights_set_and_no_other_host_of_that_beginning()
    {
        var route = Json(
            """
            {"metadata":{},"spec":{"http":[
              {"route":[{"destination":{"host":"shop.example.com"}}]},
              {"route":[{"destination":{"host":"shop.web.svc.cluster.local","subset":"v1"}}]}
            ]}}
            """
        );

        Assert.That(
            Words(Route(RouteShape.Istio).Patch(route, 30)).Skip(1),
            Is.EqualTo(
                new[]
                {
                    "add /spec/http/1/route/0/weight 70",
                    """add /spec/http/1/route/- {"destination":{"host":"shop-candidate.web.svc.cluster.local"},"weight":30}""",
                }
            )
        );
    }

    [Test]
    public void A_share_that_the_weights_cannot_express_is_an_error()
    {
        var route = Json("""{"metadata":{},"spec":{"rules":[{"backendRefs":[{"name":"legacy"},{"name":"shop"}]}]}}""");

        Assert.That(
            () => Route(RouteShape.GatewayApi).Patch(route, 25).ToList(),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("25% of a weight of 1 is no whole number")
        );
    }

    [Test]
    public void A_route_that_does_not_lead_to_the_service_is_an_error() =>
        Assert.That(
            () => Route(RouteShape.GatewayApi).Patch(Json("""{"metadata":{},"spec":{"rules":[]}}"""), 10).ToList(),
            Throws.TypeOf<ReleaseException>().With.Message.Contains("has no backend shop")
        );

    [Test]
    public void Pods_say_why_they_do_not_start()
    {
        var pod = Json(
            """{"status":{"containerStatuses":[{"name":"app","ready":false,"state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off"}}}],"conditions":[{"type":"PodScheduled","reason":"Unschedulable","message":"0/3 nodes"}]}}"""
        );

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
    public void What_ran_before_the_first_release_is_known_by_its_tag(string image, string version) =>
        Assert.That(
            new Workload(Deployment($$"""{"name":"app","image":"{{image}}"}"""), new ContainerImages("app", null)).Version,
            Is.EqualTo(version)
        );

    // Its status, which may be the one of the number before: pods that are too many are not yet taken away, and would be counted for the next number.
    [TestCase(2, 3, 3, 3, false)]
    [TestCase(2, 2, 2, 2, true)]
    [TestCase(3, 2, 2, 2, false)]
    [TestCase(3, 4, 3, 3, false)]
    [TestCase(3, 3, 3, 2, false)]
    public void A_deployment_is_settled_when_it_has_just_the_pods_that_were_asked_for(
        int asked,
        int pods,
        int updated,
        int available,
        bool expected
    )
    {
        var deployment = Json(
            $$$"""{"metadata":{"generation":4},"spec":{"replicas":{{{asked}}}},"status":{"observedGeneration":4,"replicas":{{{pods}}},"updatedReplicas":{{{updated}}},"availableReplicas":{{{available}}}}}"""
        );

        Assert.That(new Workload(deployment, new ContainerImages("app", null)).IsSettled, Is.EqualTo(expected));
    }

    [Test]
    public void Every_container_that_runs_the_application_gets_its_image_and_no_other()
    {
        var images = new ContainerImages("web", "registry:5000/shop");
        var deployment = Deployment(
            """{"name":"web","image":"old/name:1"},{"name":"worker","image":"registry:5000/shop:1"},{"name":"proxy","image":"registry:5000/shop-proxy:1"}"""
        );

        Assert.That(
            images.Only(deployment.At("spec", "template"), "registry:5000/shop:2").ToJsonString(),
            Is.EqualTo(
                """{"containers":[{"name":"web","image":"registry:5000/shop:2"},{"name":"worker","image":"registry:5000/shop:2"}]}"""
            )
        );
    }

    [TestCase("docker-pullable://example.com/shop@" + Digest, "example.com/shop:1@" + Digest)]
    [TestCase("example.com/shop@" + Digest, "example.com/shop:1@" + Digest)]
    [TestCase("sha256:abc", "example.com/shop:1")]
    public void An_image_is_recorded_with_the_digest_that_its_pods_run(string id, string image)
    {
        var pod = Json($$"""{"status":{"containerStatuses":[{"name":"app","image":"example.com/shop:1","imageID":"{{id}}"}]} }""");

        Assert.That(new ContainerImages("app", "example.com/shop").Pinned("example.com/shop:1", [pod, pod]), Is.EqualTo(image));
    }

    [Test]
    public void A_budget_in_whole_pods_is_kept_and_shares_are_not_counted()
    {
        var main = new Workload(Json("""{"spec":{"template":{"metadata":{"labels":{"app":"shop"}}}}}"""), new ContainerImages("app", null));
        JsonObject Budget(string name, string least, string app) =>
            Json(
                $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"minAvailable":{{{least}}},"selector":{"matchLabels":{"app":"{{{app}}}"} } } }"""
            );

        Assert.That(
            DisruptionBudgets.Least([Budget("two", "2", "shop"), Budget("half", "\"50%\"", "shop"), Budget("other", "9", "other")], main),
            Is.EqualTo((2, "two"))
        );
    }

    static WeightedRoute Route(RouteShape shape) => new(new KubernetesApi(null, "web"), shape, "shop", "shop", "shop-candidate");

    static IEnumerable<string> Words(IEnumerable<JsonObject> patch) =>
        patch.Select(operation => $"{operation["op"]} {operation["path"]} {operation["value"]?.ToJsonString()}");

    static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    static JsonObject Deployment(string containers) => Json($$$"""{"spec":{"template":{"spec":{"containers":[{{{containers}}}]} } } }""");
}
