using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>The objects that the recipe applies. Each holds only the fields that are ours.</summary>
static class Manifests
{
    /// <summary>
    /// The candidate's Deployment: the main one's with another image, and pods without the labels by which the Service finds its own.
    /// </summary>
    /// <param name="state">The workload.</param>
    /// <param name="images">Which containers are the application's.</param>
    /// <param name="version">The candidate's version.</param>
    /// <param name="release">The release that brings it.</param>
    /// <param name="image">Its image.</param>
    /// <param name="pods">How many pods.</param>
    /// <param name="instances">For how many instances of the plan.</param>
    /// <param name="joined">Whether its pods carry the Service's labels nevertheless, to share its traffic by their number.</param>
    public static JsonObject Candidate(
        WorkloadState state,
        ContainerImages images,
        string version,
        string release,
        string image,
        int pods,
        int instances,
        bool joined
    )
    {
        var (main, of) = (state.Main, state.Names.Deployment);
        var template = main.Template!.DeepClone().AsObject();
        var labels = template.At("metadata", "labels")?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in KubernetesNames.Labels(version, release))
        {
            labels[name] = value?.DeepClone();
        }

        foreach (var (name, value) in state.Service is null ? [] : state.MainSelector)
        {
            if (joined)
            {
                labels[name] = value?.DeepClone();
            }
            else
            {
                labels.Remove(name);
            }
        }

        labels[KubernetesNames.CandidateOf] = of;
        var notes = template.At("metadata", "annotations")?.DeepClone() ?? new JsonObject();
        template["metadata"] = new JsonObject { ["labels"] = labels, ["annotations"] = notes };
        images.Set(template, image);
        var spec = new JsonObject
        {
            ["replicas"] = pods,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [KubernetesNames.CandidateOf] = of } },
            ["template"] = template,
        };
        foreach (var like in new[] { "strategy", "minReadySeconds", "progressDeadlineSeconds" })
        {
            if (main.Object.At("spec", like) is { } value)
            {
                spec[like] = value.DeepClone();
            }
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = state.Names.Candidate,
                ["labels"] = KubernetesNames.Labels(version, release),
                ["annotations"] = new JsonObject
                {
                    [KubernetesNames.Version] = version,
                    [KubernetesNames.Instances] = instances.ToString(CultureInfo.InvariantCulture),
                },
            },
            ["spec"] = spec,
        };
    }

    /// <summary>What is ours of the main Deployment: the image and the marks. The number of its pods is set by its scale, and is nobody's to keep.</summary>
    public static JsonObject Main(Workload main, ContainerImages images, string image, MainMarks marks) =>
        new()
        {
            ["metadata"] = new JsonObject { ["name"] = main.Name, ["annotations"] = marks.ToAnnotations() },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = images.Only(main.Template, image) } },
        };

    /// <summary>The Service by which the candidate alone is reached: the main one's ports, the candidate's pods.</summary>
    public static JsonObject Preview(JsonObject service, KubernetesNames names, string version, string release)
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
            ["metadata"] = new JsonObject { ["name"] = names.Preview, ["labels"] = KubernetesNames.Labels(version, release) },
            ["spec"] = new JsonObject
            {
                ["selector"] = new JsonObject { [KubernetesNames.CandidateOf] = names.Deployment },
                ["ports"] = new JsonArray([.. ports]),
            },
        };
    }
}
