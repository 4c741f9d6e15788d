namespace ReleaseRecipes.Deployment;

/// <summary>The least rights that releases need in a namespace.</summary>
public static class KubernetesRole
{
    /// <summary>The Role, to be piped into <c>kubectl apply --filename=-</c>.</summary>
    public static string Text(string namespaceName) =>
        $"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: release-recipes
              namespace: {namespaceName}
            rules:
              - apiGroups: [apps]
                resources: [deployments]
                verbs: [get, list, create, patch, delete]
              - apiGroups: [""]
                resources: [services]
                verbs: [get, list, create, patch]
              - apiGroups: [""]
                resources: [pods]
                verbs: [get, list]
              - apiGroups: [autoscaling]
                resources: [horizontalpodautoscalers]
                verbs: [get, list]
              - apiGroups: [networking.k8s.io]
                resources: [ingresses]
                verbs: [get, create, patch]
              - apiGroups: [gateway.networking.k8s.io]
                resources: [httproutes]
                verbs: [get, patch]
              - apiGroups: [networking.istio.io]
                resources: [virtualservices]
                verbs: [get, patch]

            """;
}
