namespace ReleaseRecipes.Tests.Cluster;

/// <summary>The routers' own kinds of objects, with the part of their schema that releases touch. Left alone where a cluster has them already.</summary>
public static class RouteTypes
{
    const string HttpRoutes = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: httproutes.gateway.networking.k8s.io
          annotations: {api-approved.kubernetes.io: "https://github.com/kubernetes-sigs/gateway-api"}
        spec:
          group: gateway.networking.k8s.io
          scope: Namespaced
          names: {kind: HTTPRoute, plural: httproutes, singular: httproute, listKind: HTTPRouteList}
          versions:
            - name: v1beta1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        hostnames: {type: array, items: {type: string}}
                        rules:
                          type: array
                          items:
                            type: object
                            properties:
                              matches: {type: array, items: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                              filters: {type: array, items: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                              backendRefs:
                                type: array
                                items:
                                  type: object
                                  required: [name]
                                  properties:
                                    group: {type: string}
                                    kind: {type: string, default: Service}
                                    name: {type: string}
                                    namespace: {type: string}
                                    port: {type: integer}
                                    weight: {type: integer, default: 1, minimum: 0, maximum: 1000000}
        """;

    const string VirtualServices = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: virtualservices.networking.istio.io}
        spec:
          group: networking.istio.io
          scope: Namespaced
          names: {kind: VirtualService, plural: virtualservices, singular: virtualservice, listKind: VirtualServiceList}
          versions:
            - name: v1beta1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        hosts: {type: array, items: {type: string}}
                        http:
                          type: array
                          items:
                            type: object
                            x-kubernetes-preserve-unknown-fields: true
                            properties:
                              route:
                                type: array
                                items:
                                  type: object
                                  required: [destination]
                                  properties:
                                    destination: {type: object, x-kubernetes-preserve-unknown-fields: true}
                                    weight: {type: integer}
        """;

    static readonly Lazy<Task> Installed = new(AddAsync);

    public static Task InstallAsync() => Installed.Value;

    static async Task AddAsync()
    {
        foreach (
            var (name, definition) in new[]
            {
                ("httproutes.gateway.networking.k8s.io", HttpRoutes),
                ("virtualservices.networking.istio.io", VirtualServices),
            }
        )
        {
            if ((await TestCluster.KubectlAsync(null, "get", "crd", name, "--ignore-not-found", "--output=name")).Length == 0)
            {
                await TestCluster.KubectlAsync(definition, "apply", "--filename=-");
            }

            await TestCluster.KubectlAsync(null, "wait", "--for=condition=Established", $"crd/{name}", "--timeout=50s");
        }
    }
}
