using System.Text.Json.Nodes;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>One workload's objects as they are right now.</summary>
/// <param name="Names">What they are called.</param>
/// <param name="Main">The Deployment that was there before us.</param>
/// <param name="Candidate">The one that we made beside it; null where there is none.</param>
/// <param name="Service">The Service that users reach; null where there is none.</param>
sealed record WorkloadState(KubernetesNames Names, Workload Main, Workload? Candidate, JsonObject? Service)
{
    public static async Task<WorkloadState> ReadAsync(Kubectl kubectl, KubernetesNames names, CancellationToken cancel)
    {
        var objects = await kubectl.ListAsync("deployments,services,horizontalpodautoscalers", null, cancel);
        JsonObject? Find(string kind, string name) => objects.FirstOrDefault(item => item.Text("kind") == kind && item.Name() == name);
        bool Scaled(string name) =>
            objects.Any(item => item.Text("kind") == "HorizontalPodAutoscaler" && item.Text("spec", "scaleTargetRef", "name") == name);
        var main =
            Find("Deployment", names.Deployment)
            ?? throw new ReleaseException(
                $"There is no deployment/{names.Deployment}.",
                $"namespace {kubectl.Namespace}",
                "Create it once, with its Service; releases take it over from there. Another name: kubernetes.deployment in the strategy file.",
                ExitCodes.WrongInput
            );
        return new WorkloadState(
            names,
            new Workload(main, Scaled(names.Deployment)),
            Find("Deployment", names.Candidate) is { } candidate ? new Workload(candidate, scaledByOthers: false) : null,
            Find("Service", names.Service)
        );
    }

    /// <summary>The Service's own selector, kept while it points at the candidate.</summary>
    public JsonObject MainSelector =>
        Service.Note(Selectors.Kept) is { } kept && JsonNode.Parse(kept) is JsonObject selector
            ? selector
            : (Service.At("spec", "selector") as JsonObject ?? Main.Selector).DeepClone().AsObject();

    /// <summary>Whether the Service points at the candidate alone.</summary>
    public bool IsSwitched => Service.At("spec", "selector") is JsonObject selector && selector.ContainsKey(KubernetesNames.CandidateOf);

    /// <summary>Whether the candidate's pods carry the Service's labels too.</summary>
    public bool IsJoined =>
        Candidate is not null
        && MainSelector.Count > 0
        && MainSelector.All(label => Candidate.Object.Text("spec", "template", "metadata", "labels", label.Key) == $"{label.Value}");

    public string MainVersion(KubernetesSettings settings) => Main.Version(settings.Container);

    /// <summary>The candidate's version; null where there is none, or where it is a leftover of the version that the main Deployment has taken over.</summary>
    public string? CandidateVersion(KubernetesSettings settings) =>
        Candidate?.Version(settings.Container) is { } version && version != MainVersion(settings) ? version : null;
}

/// <summary>Where the Service's own selector is kept while it is switched.</summary>
static class Selectors
{
    public const string Kept = "release-recipes/selector";
}
