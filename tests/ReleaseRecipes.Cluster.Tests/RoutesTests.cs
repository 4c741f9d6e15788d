using ReleaseRecipes.Deployment;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Cluster;

/// <summary>Canaries by a router's weights. No router runs here: what is checked is what is written for it, and that nothing else is.</summary>
public sealed class RoutesTests : ClusterTest
{
    const string HttpRoute = """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: HTTPRoute
        metadata: {name: app-production, annotations: {team: blue}}
        spec:
          hostnames: [shop.example.com]
          rules:
            - matches: [{path: {type: PathPrefix, value: /legacy}}]
              backendRefs: [{name: legacy, port: 80}]
            - matches: [{headers: [{name: x-beta, value: "1"}]}]
              filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-from, value: gateway}]}}]
              backendRefs: [{name: legacy, port: 80, weight: 20}, {name: app-production, port: 80, weight: 80}]
            - backendRefs: [{name: app-production, port: 80}]
        """;

    const string VirtualService = """
        apiVersion: networking.istio.io/v1beta1
        kind: VirtualService
        metadata: {name: app-production}
        spec:
          hosts: [shop.example.com]
          http:
            - match: [{uri: {prefix: /legacy}}]
              route: [{destination: {host: legacy}}]
            - timeout: 3s
              retries: {attempts: 2}
              route: [{destination: {host: app-production, port: {number: 80}}}]
        """;

    const string Ingress = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: app-production, annotations: {kubernetes.io/ingress.class: nginx, nginx.ingress.kubernetes.io/proxy-body-size: 8m}}
        spec:
          tls: [{hosts: [shop.example.com], secretName: shop-tls}]
          rules:
            - host: shop.example.com
              http:
                paths:
                  - {path: /legacy, pathType: Prefix, backend: {service: {name: legacy, port: {number: 80}}}}
                  - {path: /, pathType: Prefix, backend: {service: {name: app-production, port: {number: 80}}}}
        """;

    [Test]
    public async Task An_http_route_gets_its_weights_and_comes_back_as_it_was()
    {
        await RouteTypes.InstallAsync();
        await ApplyAsync(HttpRoute);

        var seen = await RolledOutAsync(
            "gateway_api",
            "httproute/app-production",
            "{range .spec.rules[*]}{range .backendRefs[*]}{.name}={.weight} {end}{end}"
        );

        Assert.That(
            seen,
            Is.EqualTo(
                new[]
                {
                    "legacy=1 legacy=20 app-production=60 app-production-candidate=20 app-production=75 app-production-candidate=25",
                    "legacy=1 legacy=20 app-production=0 app-production-candidate=80 app-production=0 app-production-candidate=100",
                }
            )
        );
    }

    [Test]
    public async Task A_virtual_service_gets_its_weights_and_comes_back_as_it_was()
    {
        await RouteTypes.InstallAsync();
        await ApplyAsync(VirtualService);

        var seen = await RolledOutAsync(
            "istio",
            "virtualservice/app-production",
            "{range .spec.http[*].route[*]}{.destination.host}={.weight} {end}"
        );

        Assert.That(
            seen,
            Is.EqualTo(
                new[] { "legacy= app-production=75 app-production-candidate=25", "legacy= app-production=0 app-production-candidate=100" }
            )
        );
    }

    [Test]
    public async Task Beside_an_ingress_stands_a_canary_of_our_path_alone()
    {
        await ApplyAsync(Ingress);

        var seen = await RolledOutAsync(
            "nginx",
            "ingress/app-production",
            "{.metadata.name}",
            () =>
                GetAsync(
                    "ingress/app-production-candidate",
                    @"{.metadata.annotations.nginx\.ingress\.kubernetes\.io/canary-weight} {.metadata.annotations.kubernetes\.io/ingress\.class} {range .spec.rules[*].http.paths[*]}{.path}={.backend.service.name} {end}{.spec.tls}"
                )
        );

        Assert.That(seen, Is.EqualTo(new[] { "25 nginx /=app-production-candidate", "100 nginx /=app-production-candidate" }));
    }

    [Test]
    public void A_route_that_is_not_there_is_named()
    {
        var places = Places(
            "canary",
            settings => settings with { Kubernetes = settings.Kubernetes with { Traffic = "gateway_api", Route = "other" } }
        );

        Assert.That(async () => await StateAsync(places), Throws.TypeOf<ReleaseException>().With.Message.Contains("httproute").IgnoreCase);
    }

    /// <summary>
    /// What the route looked like at each measurement of a good version. After it, and after a bad one, the route is as it was. All is done by a user
    /// who may do just what Doctor prints.
    /// </summary>
    async Task<IReadOnlyList<string>> RolledOutAsync(string traffic, string route, string path, Func<Task<string>>? look = null)
    {
        var settings = new KubernetesSettings
        {
            Namespace = Space,
            Traffic = traffic,
            Context = Space,
        };
        await AllowAsync(await RoleAsync(settings));
        var places = Places("canary", environment => environment with { Kubernetes = settings });
        await places.HasVerifiedAsync("1.0.0");
        var before = await GetAsync(route, "{.spec} {.metadata.annotations}");
        var seen = new List<IReadOnlyList<string>>();
        foreach (var (version, errorRate) in new[] { ("1.1.0", 0.0), ("1.2.0", 0.5) })
        {
            var metrics = new WatchedMetrics(look ?? (() => GetAsync(route, path)), errorRate);
            places.Metrics = metrics;

            var result = await places.DeployAsync(Candidate(version));

            Assert.That(result, errorRate > 0 ? Has.Property("Restored").True : Is.TypeOf<RolloutResult.Verified>(), $"{result}");
            Assert.That(await GetAsync(route, "{.spec} {.metadata.annotations}"), Is.EqualTo(before));
            Assert.That(await TagAsync(), Is.EqualTo("1.1.0"));
            Assert.That(await LeftAsync(), Is.Empty);
            seen.Add([.. metrics.Seen.Distinct()]);
        }

        Assert.That(seen[1], Is.EqualTo(seen[0].Take(1)));
        return seen[0];
    }
}
