using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>How a kind of route writes its weighted backends.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Rules">The member of spec that holds the rules.</param>
/// <param name="Backends">The member of a rule that holds its backends.</param>
abstract record RouteShape(KubernetesResource Kind, string Rules, string Backends)
{
    /// <summary>The Gateway API's HTTPRoute: weights are proportions, 1 where none is written.</summary>
    public static RouteShape GatewayApi { get; } = new GatewayApiShape();

    /// <summary>Istio's VirtualService: the weights of a route sum to 100.</summary>
    public static RouteShape Istio { get; } = new IstioShape();

    /// <summary>Whether a backend is that Service.</summary>
    public abstract bool Leads(JsonObject backend, string service, string namespaceName);

    /// <summary>A copy of a backend that leads to another Service.</summary>
    public abstract JsonObject Copy(JsonObject backend, string service);

    sealed record GatewayApiShape() : RouteShape(KubernetesResource.HttpRoutes, "rules", "backendRefs")
    {
        public override bool Leads(JsonObject backend, string service, string namespaceName) =>
            backend.Text("name") == service
            && (backend.Text("namespace") ?? namespaceName) == namespaceName
            && (backend.Text("kind") ?? "Service") == "Service";

        public override JsonObject Copy(JsonObject backend, string service)
        {
            var copy = backend.DeepClone().AsObject();
            copy["name"] = service;
            return copy;
        }
    }

    sealed record IstioShape() : RouteShape(KubernetesResource.VirtualServices, "http", "route")
    {
        /// <summary>Hosts may be written with their namespace and domain: shop, shop.web, shop.web.svc.cluster.local.</summary>
        public override bool Leads(JsonObject backend, string service, string namespaceName) =>
            (backend.Text("destination", "host") ?? "").Split('.') is [var name, .. var rest]
            && name == service
            && (rest is [] || rest is [var space] && space == namespaceName || rest is [var place, "svc", ..] && place == namespaceName);

        /// <summary>Without a subset, which its DestinationRule defines for the other host only.</summary>
        public override JsonObject Copy(JsonObject backend, string service)
        {
            var copy = backend.DeepClone().AsObject();
            var destination = copy["destination"]!.AsObject();
            destination["host"] = string.Join('.', destination.Text("host")!.Split('.').Skip(1).Prepend(service));
            destination.Remove("subset");
            return copy;
        }
    }
}
