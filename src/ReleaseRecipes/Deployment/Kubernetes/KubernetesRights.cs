using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>Asks a cluster whether this user may do what releases do there.</summary>
static class KubernetesRights
{
    /// <summary>What <c>Doctor</c> says of one cluster: what is not allowed, or why that is not known; then the Role that allows it all.</summary>
    public static async Task<IReadOnlyList<string>> AdviseAsync(KubernetesApi api, KubernetesSettings settings, CancellationToken cancel)
    {
        var place = $"namespace {settings.Namespace}{(api.Context is null ? "" : $", context {api.Context}")}";
        string found;
        try
        {
            var missing = await MissingAsync(api, settings, cancel);
            found = missing.Count == 0 ? "this user has every right it needs" : $"this user may not {string.Join(", ", missing)}";
        }
        catch (ReleaseException problem)
        {
            found = $"{problem.What} {problem.Todo}";
        }

        return
        [
            $"{place}: {found}",
            "The least Role for releases there, for kubectl apply --filename=-:",
            .. KubernetesRole.Text(settings).TrimEnd().Split('\n'),
        ];
    }

    static async Task<IReadOnlyList<string>> MissingAsync(KubernetesApi api, KubernetesSettings settings, CancellationToken cancel)
    {
        var asked =
            from rule in KubernetesRole.Rules(settings.Traffic)
            from verb in rule.Verbs.Split(", ")
            select (rule.Group, rule.Resource, Verb: verb);
        var missing = new List<string>();
        foreach (var right in asked)
        {
            var parts = right.Resource.Split('/');
            var review = new JsonObject
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = "SelfSubjectAccessReview",
                ["spec"] = new JsonObject
                {
                    ["resourceAttributes"] = new JsonObject
                    {
                        ["namespace"] = settings.Namespace,
                        ["verb"] = right.Verb,
                        ["group"] = right.Group,
                        ["resource"] = parts[0],
                        ["subresource"] = parts.Length > 1 ? parts[1] : "",
                    },
                },
            };
            const string What = "ask for this user's rights";
            const string Path = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
            var answer = api.Check(await api.SendAsync(HttpMethod.Post, Path, What, cancel, review), What);
            if (answer.Body.Text("status", "allowed") != "true")
            {
                missing.Add($"{right.Verb} {right.Resource}");
            }
        }

        return missing;
    }
}
