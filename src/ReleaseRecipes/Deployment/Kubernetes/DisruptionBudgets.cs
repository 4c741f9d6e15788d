using System.Text.Json.Nodes;

namespace ReleaseRecipes.Deployment;

/// <summary>
/// How many pods the PodDisruptionBudgets want at the least. Only whole numbers of <c>minAvailable</c> count: shares, and <c>maxUnavailable</c>, are
/// of as many pods as a Deployment is to have, and so never speak against having fewer.
/// </summary>
static class DisruptionBudgets
{
    /// <summary>The highest number that any of them wants of the pods of a Deployment, and which one.</summary>
    public static (int Pods, string? Name) Least(IEnumerable<JsonObject> budgets, Workload main)
    {
        var least = budgets
            .Where(budget => Selects(budget, main))
            .Select(budget => (Pods: budget.Number("spec", "minAvailable"), Name: budget.Name()))
            .DefaultIfEmpty((Pods: 0, Name: ""))
            .MaxBy(budget => budget.Pods);
        return least.Pods > 0 ? least : (0, null);
    }

    static bool Selects(JsonObject budget, Workload main) =>
        budget.At("spec", "selector", "matchLabels") is JsonObject { Count: > 0 } labels
        && labels.All(label => main.Template.Text("metadata", "labels", label.Key) == $"{label.Value}");
}
