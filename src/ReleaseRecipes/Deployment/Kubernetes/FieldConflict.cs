using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseRecipes.Deployment;

/// <summary>A field that another manager owns, as server-side apply tells of it.</summary>
/// <param name="Manager">Who owns it: kubectl-client-side-apply, Helm, argocd-controller, …</param>
/// <param name="Field">Its path.</param>
sealed partial record FieldConflict(string Manager, string Field)
{
    static readonly string[] Keepers = ["argocd", "argo-cd", "flux", "kustomize-controller", "helm-controller", "fleet", "gitops"];

    /// <summary>Whether it puts its own value back, again and again.</summary>
    public bool IsKept => Keepers.Any(name => Manager.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The conflicts that a Status tells of; none where it is about something else.</summary>
    public static IEnumerable<FieldConflict> Of(JsonObject status) =>
        status
            .Items("details", "causes")
            .Where(cause => cause.Text("reason") == "FieldManagerConflict")
            .Select(cause => new FieldConflict(Owner().Match(cause.Text("message") ?? "").Groups[1].Value, cause.Text("field") ?? ""));

    /// <summary>Which manager owns which fields.</summary>
    public static string Describe(IEnumerable<FieldConflict> conflicts) =>
        string.Join(
            "; ",
            conflicts
                .GroupBy(conflict => conflict.Manager)
                .Select(owned => $"{owned.Key} owns {string.Join(", ", owned.Select(conflict => conflict.Field))}")
        );

    [GeneratedRegex("conflict with \"([^\"]*)\"")]
    private static partial Regex Owner();
}
