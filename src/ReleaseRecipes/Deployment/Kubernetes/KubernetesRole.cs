using System.Text;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>The least rights that releases of an environment need in its namespace.</summary>
static class KubernetesRole
{
    /// <summary>The Role, to be piped into <c>kubectl apply --filename=-</c>.</summary>
    public static string Text(KubernetesSettings settings)
    {
        var text = new StringBuilder(
            $"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: release-recipes
              namespace: {settings.Namespace}
            rules:

            """
        );
        foreach (var (group, resource, verbs) in Rules(settings.Traffic))
        {
            text.Append($"  - apiGroups: [{(group.Length == 0 ? "\"\"" : group)}]\n    resources: [{resource}]\n    verbs: [{verbs}]\n");
        }

        return text.ToString();
    }

    /// <summary>What it allows.</summary>
    public static IReadOnlyList<(string Group, string Resource, string Verbs)> Rules(string traffic) =>
        [
            ("apps", "deployments", "get, watch, create, patch, delete"),
            ("apps", "deployments/scale", "patch"),
            ("", "services", "get, create, patch, delete"),
            ("", "pods", "list"),
            ("autoscaling", "horizontalpodautoscalers", "list"),
            ("policy", "poddisruptionbudgets", "list"),
            ("coordination.k8s.io", "leases", "get, create, update, delete"),
            .. traffic switch
            {
                "gateway_api" => [("gateway.networking.k8s.io", "httproutes", "get, patch")],
                "istio" => [("networking.istio.io", "virtualservices", "get, patch")],
                "nginx" => [("networking.k8s.io", "ingresses", "get, create, patch, delete")],
                _ => Array.Empty<(string, string, string)>(),
            },
        ];
}
