using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Deployment;

/// <summary>Provider <c>kubernetes</c>, through the real kubectl (1.20 or newer).</summary>
public sealed class KubernetesTargetKind : ITargetKind
{
    static readonly string[] Routers = ["replicas", "gateway_api", "istio", "nginx"];

    public string Name => "kubernetes";

    public async Task<IReadOnlyList<string>> MissingAsync(TargetPlace place, CancellationToken cancel)
    {
        var (settings, missing) = (place.Environment.Kubernetes, new List<string>());
        if (string.IsNullOrWhiteSpace(place.Application.Image))
        {
            missing.Add("application.image is not set: name the container image, without a tag");
        }

        if (!Routers.Contains(settings.Traffic))
        {
            missing.Add($"kubernetes.traffic of {place.Environment.Name} is none of {string.Join(", ", Routers)}");
        }

        try
        {
            // The names of contexts are in the kubeconfig: no server is asked and no credential used.
            var contexts = await ProgramRunner.RunAsync(
                new ProgramCall("kubectl", "config", "get-contexts", "--output=name") { Timeout = TimeSpan.FromSeconds(20) },
                cancel
            );
            var names = contexts.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var unknown = settings.Clusters.Append(settings.Context).OfType<string>().Except(names).ToList();
            if (unknown.Count > 0)
            {
                missing.Add(
                    $"the kubeconfig has no context {string.Join(", ", unknown)} for {place.Environment.Name}: kubectl config get-contexts shows those that there are"
                );
            }
            else if (names.Length == 0)
            {
                missing.Add($"kubectl knows no cluster for {place.Environment.Name}: log in to one, or set KUBECONFIG");
            }
        }
        catch (ReleaseException)
        {
            missing.Add("kubectl is not installed: see https://kubernetes.io/docs/tasks/tools/");
        }

        return missing;
    }

    public ITarget Open(TargetPlace place)
    {
        var settings = place.Environment.Kubernetes;
        var names = KubernetesNames.Of(place.Environment);
        IReadOnlyList<string?> contexts = [.. settings.Clusters.DefaultIfEmpty(settings.Context!)];
        return new KubernetesTarget(
            [.. contexts.Select(context => (IReadOnlyList<KubernetesWorkload>)[.. names.Select(name => Workload(place, name, context))])],
            settings.MaxParallel,
            new Uri($"http://{names[0].Service}.{settings.Namespace}.svc"),
            new Uri($"http://{names[0].Preview}.{settings.Namespace}.svc")
        );
    }

    static KubernetesWorkload Workload(TargetPlace place, KubernetesNames names, string? context)
    {
        var settings = place.Environment.Kubernetes;
        var kubectl = new Kubectl(context, settings.Namespace);
        var watch = new RolloutWatch(kubectl, place.Environment.StartTimeout);
        return new KubernetesWorkload(kubectl, names, settings, place.Application, Traffic(kubectl, place, names, watch), watch);
    }

    static ITraffic Traffic(Kubectl kubectl, TargetPlace place, KubernetesNames names, RolloutWatch watch)
    {
        var settings = place.Environment.Kubernetes;
        var route = settings.Route ?? names.Service;
        return settings.Traffic switch
        {
            "gateway_api" => new RouteTraffic(
                kubectl,
                new WeightedRoute(kubectl, RouteShape.GatewayApi, route, names.Service, names.Preview)
            ),
            "istio" => new RouteTraffic(kubectl, new WeightedRoute(kubectl, RouteShape.Istio, route, names.Service, names.Preview)),
            "nginx" => new RouteTraffic(kubectl, new NginxRoute(kubectl, route, names.Service, names.Preview)),
            _ => new ServiceTraffic(kubectl, settings, watch),
        };
    }
}
