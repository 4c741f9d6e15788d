using ReleaseRecipes.Programs;
using ReleaseRecipes.Strategy;

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

    public async Task<IReadOnlyList<string>> AdviseAsync(TargetPlace place, CancellationToken cancel)
    {
        var settings = place.Environment.Kubernetes;
        var advice = await Task.WhenAll(Apis(settings).Select(api => KubernetesRights.AdviseAsync(api, settings, cancel)));
        return [.. advice.SelectMany(lines => lines)];
    }

    public ITarget Open(TargetPlace place)
    {
        var settings = place.Environment.Kubernetes;
        var names = KubernetesNames.Of(place.Environment);
        return new KubernetesTarget(
            [.. Apis(settings).Select(api => Cluster(place, api, names))],
            settings.MaxParallel,
            new Uri($"http://{names[0].Service}.{settings.Namespace}.svc"),
            new Uri($"http://{names[0].Preview}.{settings.Namespace}.svc"),
            KubernetesLease.Usual
        );
    }

    static IEnumerable<KubernetesApi> Apis(KubernetesSettings settings) =>
        settings.Clusters.DefaultIfEmpty(settings.Context!).Select(context => new KubernetesApi(context, settings.Namespace));

    static KubernetesCluster Cluster(TargetPlace place, KubernetesApi api, IReadOnlyList<KubernetesNames> names) =>
        new(api, [.. names.Select(name => name.Deployment)], [.. names.Select(name => Workload(place, api, name))]);

    static KubernetesWorkload Workload(TargetPlace place, KubernetesApi api, KubernetesNames names)
    {
        var (environment, application) = (place.Environment, place.Application);
        var images = new ContainerImages(environment.Kubernetes.Container, application.Image);
        var watch = new RolloutWatch(api, images, environment.StartTimeout);
        var objects = new KubernetesObjects(api, names, environment, application, watch, images);
        return new KubernetesWorkload(objects, application, Traffic(objects, environment.Kubernetes));
    }

    static ITraffic Traffic(KubernetesObjects objects, KubernetesSettings settings)
    {
        var (api, names, route) = (objects.Api, objects.Names, settings.Route ?? objects.Names.Service);
        return settings.Traffic switch
        {
            "gateway_api" => new RouteTraffic(api, new WeightedRoute(api, RouteShape.GatewayApi, route, names.Service, names.Preview)),
            "istio" => new RouteTraffic(api, new WeightedRoute(api, RouteShape.Istio, route, names.Service, names.Preview)),
            "nginx" => new RouteTraffic(api, new NginxRoute(api, route, names.Service, names.Preview)),
            _ => new ServiceTraffic(objects),
        };
    }
}
