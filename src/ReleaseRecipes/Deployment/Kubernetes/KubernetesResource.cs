namespace ReleaseRecipes.Deployment;

/// <summary>A kind of object in the API.</summary>
/// <param name="Group">Its API group; empty for the core.</param>
/// <param name="Plural">Its name in addresses.</param>
/// <param name="Kind">Its name in objects.</param>
/// <param name="Versions">The versions that are understood, the best one first: which of them is there depends on the cluster.</param>
sealed record KubernetesResource(string Group, string Plural, string Kind, params IReadOnlyList<string> Versions)
{
    public static KubernetesResource Deployments { get; } = new("apps", "deployments", "Deployment", "v1");
    public static KubernetesResource Services { get; } = new("", "services", "Service", "v1");
    public static KubernetesResource Pods { get; } = new("", "pods", "Pod", "v1");
    public static KubernetesResource Autoscalers { get; } = new("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "v1");
    public static KubernetesResource DisruptionBudgets { get; } =
        new("policy", "poddisruptionbudgets", "PodDisruptionBudget", "v1", "v1beta1");
    public static KubernetesResource Ingresses { get; } = new("networking.k8s.io", "ingresses", "Ingress", "v1");
    public static KubernetesResource Leases { get; } = new("coordination.k8s.io", "leases", "Lease", "v1");
    public static KubernetesResource HttpRoutes { get; } =
        new("gateway.networking.k8s.io", "httproutes", "HTTPRoute", "v1", "v1beta1", "v1alpha2");
    public static KubernetesResource VirtualServices { get; } =
        new("networking.istio.io", "virtualservices", "VirtualService", "v1", "v1beta1", "v1alpha3");

    /// <summary>How people name one of them: deployment/app.</summary>
    public string Named(string name) => $"{Kind.ToLowerInvariant()}/{name}";

    /// <summary>Where those of a namespace are.</summary>
    public string Path(string version, string namespaceName) =>
        $"{(Group.Length == 0 ? "api" : $"apis/{Group}")}/{version}/namespaces/{namespaceName}/{Plural}";

    /// <summary>What objects say of themselves.</summary>
    public string ApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";
}
