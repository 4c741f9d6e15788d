using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>One Deployment as the server has it.</summary>
sealed class Workload(JsonObject deployment, ContainerImages images)
{
    public JsonObject Object => deployment;

    public string Name => deployment.Name();

    public JsonNode? Template => deployment.At("spec", "template");

    /// <summary>How many pods it is to have.</summary>
    public int Replicas => deployment.At("spec", "replicas") is null ? 1 : deployment.Number("spec", "replicas");

    /// <summary>The pods that run the newest template, and are ready, and have been for as long as the Deployment demands.</summary>
    public int Available => IsObserved ? Math.Min(Updated, deployment.Number("status", "availableReplicas")) : 0;

    /// <summary>
    /// Whether everything that was asked for is so: nothing of an older template is left, and no pod too many. One that is about to be taken away would
    /// be counted for the next number that is asked for.
    /// </summary>
    public bool IsSettled => Available >= Replicas && Updated == Replicas && deployment.Number("status", "replicas") == Replicas;

    /// <summary>How far it is, in the API's words.</summary>
    public string Progress =>
        $"{deployment.Number("status", "readyReplicas")} of {Replicas} ready, {Updated} updated, {deployment.Number("status", "availableReplicas")} available";

    /// <summary>The application's image.</summary>
    public string Image => images.In(Template) ?? "";

    /// <summary>The version: as marked by us, else by the image's tag, so that what was deployed before the first release is recognised too.</summary>
    public string Version
    {
        get
        {
            // registry:5000/name:tag@sha256:digest
            var image = Image.Split('@')[0];
            var tag = image.LastIndexOf(':');
            return deployment.Note(KubernetesNames.Version) ?? (tag > image.LastIndexOf('/') ? image[(tag + 1)..] : "unversioned");
        }
    }

    /// <summary>The labels that select its pods.</summary>
    public JsonObject Selector => (deployment.At("spec", "selector", "matchLabels") as JsonObject ?? []).DeepClone().AsObject();

    int Updated => deployment.Number("status", "updatedReplicas");

    /// <summary>Whether the status is about what was asked for last.</summary>
    public bool IsObserved => deployment.Number("status", "observedGeneration") >= deployment.Number("metadata", "generation");

    /// <summary>Of a number of instances that was asked for, those that are healthy: all of them when all of its pods are available.</summary>
    public int HealthyOf(int instances) =>
        Replicas == 0 ? 0
        : Available >= Replicas ? instances
        : instances * Available / Replicas;
}
