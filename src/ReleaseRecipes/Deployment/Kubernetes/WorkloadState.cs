using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>One workload's objects as they are right now.</summary>
/// <param name="Names">What they are called.</param>
/// <param name="Main">The Deployment that was there before us.</param>
/// <param name="Marks">What we noted on it.</param>
/// <param name="Candidate">The one that we made beside it; null where there is none.</param>
/// <param name="Service">The Service that users reach; null where there is none: then its pods fetch their work themselves.</param>
/// <param name="MostPods">How many pods the HPA lets the main Deployment have; null where no HPA decides about it.</param>
/// <param name="PlannedReplicas">The environment's <c>replicas</c>.</param>
sealed record WorkloadState(
    KubernetesNames Names,
    Workload Main,
    MainMarks Marks,
    Workload? Candidate,
    JsonObject? Service,
    int? MostPods,
    int PlannedReplicas
)
{
    /// <summary>The Service's own selector, kept while it points at the candidate.</summary>
    public JsonObject MainSelector =>
        Service.Note(KubernetesNames.Selector) is { } kept && JsonNode.Parse(kept) is JsonObject selector
            ? selector
            : (Service.At("spec", "selector") as JsonObject ?? Main.Selector).DeepClone().AsObject();

    /// <summary>Whether the Service points at the candidate alone.</summary>
    public bool IsSwitched => Service.At("spec", "selector") is JsonObject selector && selector.ContainsKey(KubernetesNames.CandidateOf);

    /// <summary>Whether the candidate's pods carry the Service's labels too.</summary>
    public bool IsJoined =>
        Candidate is not null
        && Service is not null
        && MainSelector.Count > 0
        && MainSelector.All(label => Candidate.Template.Text("metadata", "labels", label.Key) == $"{label.Value}");

    /// <summary>The version that the main Deployment stands for: the one before while it takes another one over.</summary>
    public string MainVersion => Marks.Replaces ?? Main.Version;

    /// <summary>The candidate's version; null where there is none.</summary>
    public string? CandidateVersion =>
        Marks.Replaces is not null ? Main.Version
        : Candidate?.Version is { } version && version != Main.Version ? version
        : null;

    public int MainInstances => Main.Replicas == 0 ? 0 : Marks.Instances ?? PlannedReplicas;

    public int CandidateInstances =>
        Candidate is null ? MainInstances
        : int.TryParse(Candidate.Object.Note(KubernetesNames.Instances), out var asked) ? asked
        : Candidate.Replicas;

    /// <summary>
    /// What a number of instances comes to in pods. The plan's instances are shares of a whole: of <c>replicas</c>, or, where that is not set or an HPA
    /// decides, of as many pods as the Deployment has.
    /// </summary>
    public int PodsFor(int instances) => (int)Math.Ceiling((double)instances * Whole / PlannedReplicas);

    int Whole => PlannedReplicas > 1 && MostPods is null ? PlannedReplicas : Math.Max(1, Marks.Pods ?? Main.Replicas);
}
