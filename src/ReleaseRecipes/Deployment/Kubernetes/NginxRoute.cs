using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>ingress-nginx: a second Ingress beside the one that is there, marked as canary, with the candidate's share as its weight.</summary>
sealed class NginxRoute(Kubectl kubectl, string name, string service, string preview) : IRoute
{
    const string Prefix = "nginx.ingress.kubernetes.io/";
    string CanaryName => name + "-candidate";

    public async Task<int> ReadAsync(CancellationToken cancel) =>
        await kubectl.FindAsync("ingress", CanaryName, cancel) is { } canary
        && int.TryParse(canary.Note(Prefix + "canary-weight"), out var weight)
            ? weight
            : 0;

    public async Task WriteAsync(int candidate, IProgress<string> progress, CancellationToken cancel)
    {
        var main =
            await kubectl.FindAsync("ingress", name, cancel)
            ?? throw new ReleaseException(
                $"There is no ingress/{name}.",
                $"namespace {kubectl.Namespace}",
                "Create it, or name another one under kubernetes.route."
            );
        var spec = main.At("spec")!.DeepClone().AsObject();
        foreach (
            var backend in spec.Items("rules")
                .SelectMany(rule => rule.Items("http", "paths"))
                .Select(path => path.At("backend", "service"))
                .OfType<JsonObject>()
        )
        {
            if (backend.Text("name") == service)
            {
                backend["name"] = preview;
            }
        }

        await kubectl.ApplyAsync(
            new JsonObject
            {
                ["apiVersion"] = "networking.k8s.io/v1",
                ["kind"] = "Ingress",
                ["metadata"] = new JsonObject
                {
                    ["name"] = CanaryName,
                    ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "release-recipes" },
                    ["annotations"] = new JsonObject
                    {
                        [Prefix + "canary"] = "true",
                        [Prefix + "canary-weight"] = candidate.ToString(CultureInfo.InvariantCulture),
                    },
                },
                ["spec"] = spec,
            },
            progress,
            cancel
        );
    }
}
