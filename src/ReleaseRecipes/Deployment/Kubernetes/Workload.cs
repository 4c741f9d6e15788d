using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>One Deployment as the server has it.</summary>
sealed class Workload(JsonObject deployment, bool scaledByOthers)
{
    public JsonObject Object => deployment;

    public string Name => deployment.Name();

    public int Replicas => deployment.At("spec", "replicas") is null ? 1 : deployment.Number("spec", "replicas");

    /// <summary>Whether an HPA decides how many there are.</summary>
    public bool ScaledByOthers => scaledByOthers;

    /// <summary>The pods that run the newest template and are available.</summary>
    public int Available =>
        IsObserved ? Math.Min(deployment.Number("status", "updatedReplicas"), deployment.Number("status", "availableReplicas")) : 0;

    /// <summary>Whether everything that was asked for is so, and nothing of an older template is left.</summary>
    public bool IsSettled =>
        Available >= Replicas && deployment.Number("status", "replicas") == deployment.Number("status", "updatedReplicas");

    bool IsObserved => deployment.Number("status", "observedGeneration") >= deployment.Number("metadata", "generation");

    public string Image(string container) =>
        deployment.Items("spec", "template", "spec", "containers").FirstOrDefault(item => item.Text("name") == container).Text("image")
        ?? "";

    /// <summary>The version: as marked by us, else by the image's tag, so that what was deployed before the first release is recognised too.</summary>
    public string Version(string container)
    {
        // registry:5000/name:tag@sha256:digest
        var image = Image(container).Split('@')[0];
        var tag = image.LastIndexOf(':');
        return deployment.Note(KubernetesNames.Version) ?? (tag > image.LastIndexOf('/') ? image[(tag + 1)..] : "unversioned");
    }

    public int Instances => int.TryParse(deployment.Note(KubernetesNames.Instances), out var asked) && Replicas > 0 ? asked : Replicas;

    /// <summary>Healthy instances: as many as were asked for when all that the traffic needs of them are available.</summary>
    public int Healthy =>
        Replicas == 0 ? 0
        : Available >= Replicas || (scaledByOthers && Available > 0) ? Instances
        : Math.Min(Available, Instances);

    public IEnumerable<string> Containers =>
        deployment.Items("spec", "template", "spec", "containers").Select(item => item.Text("name") ?? "");

    /// <summary>The labels that select its pods.</summary>
    public JsonObject Selector => (deployment.At("spec", "selector", "matchLabels") as JsonObject ?? []).DeepClone().AsObject();
}
