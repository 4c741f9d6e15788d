using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>The objects that the recipe applies. Each holds only the fields that are ours.</summary>
static class Manifests
{
    /// <summary>
    /// The candidate's Deployment: the main one's pods with another image and labels of their own, so that neither the main Deployment nor its Service
    /// takes them for theirs. <paramref name="joined"/>: with the Service's labels as well, to share its traffic by their number.
    /// </summary>
    public static JsonObject Candidate(
        Workload main,
        KubernetesNames names,
        string version,
        string container,
        string image,
        int replicas,
        int instances,
        JsonObject? joined
    )
    {
        var template = main.Object.At("spec", "template")!.DeepClone().AsObject();
        var labels = template.At("metadata", "labels")?.DeepClone().AsObject() ?? [];
        foreach (var (name, _) in main.Selector)
        {
            labels.Remove(name);
        }

        foreach (var (name, value) in joined ?? [])
        {
            labels[name] = value?.DeepClone();
        }

        labels[KubernetesNames.CandidateOf] = names.Deployment;
        labels["app.kubernetes.io/version"] = KubernetesNames.Label(version);
        var notes = template.At("metadata", "annotations")?.DeepClone() ?? new JsonObject();
        template["metadata"] = new JsonObject { ["labels"] = labels, ["annotations"] = notes };
        SetImage(template, container, image);
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject
            {
                ["name"] = names.Candidate,
                ["labels"] = KubernetesNames.Labels(version),
                ["annotations"] = Notes((KubernetesNames.Version, version), (KubernetesNames.Instances, $"{instances}")),
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [KubernetesNames.CandidateOf] = names.Deployment } },
                ["template"] = template,
            },
        };
    }

    /// <summary>What is ours of the main Deployment: the image, the marks, and how many instances.</summary>
    public static JsonObject Main(
        Workload main,
        string container,
        string image,
        int replicas,
        params (string Name, string Value)[] notes
    ) =>
        new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = main.Name, ["annotations"] = Notes(notes) },
            ["spec"] = new JsonObject
            {
                // A field that was ours and is left out goes back to its default: where an HPA decides, its number is repeated.
                ["replicas"] = replicas,
                ["template"] = new JsonObject
                {
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject { ["name"] = container, ["image"] = image }),
                    },
                },
            },
        };

    /// <summary>The Service by which the candidate alone is reached: the main one's ports, the candidate's pods.</summary>
    public static JsonObject Preview(JsonObject service, KubernetesNames names, string version)
    {
        var ports = service
            .Items("spec", "ports")
            .Select(port =>
            {
                var copy = port.DeepClone().AsObject();
                copy.Remove("nodePort");
                return (JsonNode)copy;
            });
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = names.Preview, ["labels"] = KubernetesNames.Labels(version) },
            ["spec"] = new JsonObject
            {
                ["selector"] = new JsonObject { [KubernetesNames.CandidateOf] = names.Deployment },
                ["ports"] = new JsonArray([.. ports]),
            },
        };
    }

    static void SetImage(JsonObject template, string container, string image)
    {
        foreach (var item in template.Items("spec", "containers").Where(item => item.Text("name") == container))
        {
            item["image"] = image;
        }
    }

    static JsonObject Notes(params (string Name, string Value)[] notes) =>
        new(notes.Select(note => KeyValuePair.Create<string, JsonNode?>(note.Name, note.Value)));
}
