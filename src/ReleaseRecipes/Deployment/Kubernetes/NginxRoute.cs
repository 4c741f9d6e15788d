using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// ingress-nginx: a second Ingress beside the one that is there, marked as canary, with the candidate's share as its weight. It holds the paths that
/// lead to our Service and no others; the one that is there is not touched.
/// </summary>
sealed class NginxRoute(KubernetesApi api, string name, string service, string preview) : IRoute
{
    const string Prefix = "nginx.ingress.kubernetes.io/";
    const string ClassNote = "kubernetes.io/ingress.class";
    string CanaryName => name + "-candidate";

    public async Task<int> ReadAsync(CancellationToken cancel) =>
        await api.FindAsync(KubernetesResource.Ingresses, CanaryName, cancel) is { } canary
        && int.TryParse(canary.Note(Prefix + "canary-weight"), out var weight)
            ? weight
            : 0;

    public async Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel)
    {
        var there = await api.FindAsync(KubernetesResource.Ingresses, CanaryName, cancel);
        if (there is null && candidate == 0)
        {
            return;
        }

        KubernetesNames.DemandOurs(there, KubernetesResource.Ingresses, $"namespace {api.Namespace}");
        var main =
            await api.FindAsync(KubernetesResource.Ingresses, name, cancel)
            ?? throw new ReleaseException(
                $"There is no ingress/{name}.",
                $"namespace {api.Namespace}",
                "Create it, or name another one under kubernetes.route."
            );
        await api.ApplyAsync(KubernetesResource.Ingresses, Canary(main, candidate), progress, cancel);
    }

    public async Task EndAsync(CancellationToken cancel)
    {
        if (await api.FindAsync(KubernetesResource.Ingresses, CanaryName, cancel) is { } canary && KubernetesNames.IsOurs(canary))
        {
            await api.DeleteAsync(KubernetesResource.Ingresses, CanaryName, cancel);
        }
    }

    JsonObject Canary(JsonObject main, int weight)
    {
        var rules = main.Items("spec", "rules").Select(Ours).OfType<JsonNode>().ToArray();
        if (rules.Length == 0)
        {
            throw new ReleaseException(
                $"No path of ingress/{name} leads to service/{service}.",
                $"namespace {api.Namespace}",
                "Let one of its rules lead there, or name another Ingress under kubernetes.route."
            );
        }

        var notes = new JsonObject
        {
            [Prefix + "canary"] = "true",
            [Prefix + "canary-weight"] = weight.ToString(CultureInfo.InvariantCulture),
        };
        if (main.Note(ClassNote) is { } kind)
        {
            notes[ClassNote] = kind;
        }

        var spec = new JsonObject { ["rules"] = new JsonArray(rules) };
        if (main.At("spec", "ingressClassName") is { } className)
        {
            spec["ingressClassName"] = className.DeepClone();
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = CanaryName,
                ["labels"] = new JsonObject { [KubernetesNames.ManagedBy] = KubernetesApi.FieldManager },
                ["annotations"] = notes,
            },
            ["spec"] = spec,
        };
    }

    /// <summary>Of a rule, the paths to our Service, leading to the candidate's; null where there are none.</summary>
    JsonObject? Ours(JsonObject rule)
    {
        var paths = rule.Items("http", "paths")
            .Where(path => path.Text("backend", "service", "name") == service)
            .Select(path =>
            {
                var copy = path.DeepClone().AsObject();
                copy["backend"]!["service"]!["name"] = preview;
                return (JsonNode)copy;
            })
            .ToArray();
        if (paths.Length == 0)
        {
            return null;
        }

        var ours = rule.DeepClone().AsObject();
        ours["http"]!["paths"] = new JsonArray(paths);
        return ours;
    }
}
