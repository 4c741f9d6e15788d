using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>What the objects of one workload are called, and how ours are marked.</summary>
/// <param name="Deployment">The Deployment of the verified version, which exists before the first release and is adopted.</param>
/// <param name="Service">The Service by which it is reached.</param>
sealed partial record KubernetesNames(string Deployment, string Service)
{
    /// <summary>Which exact version a Deployment runs.</summary>
    public const string Version = "release-recipes/version";

    /// <summary>Which version the main Deployment is taking over from the candidate, until that is done.</summary>
    public const string Becoming = "release-recipes/becoming";

    /// <summary>How many instances of it were asked for, whatever the traffic makes of that.</summary>
    public const string Instances = "release-recipes/instances";

    /// <summary>How the traffic is split, on the Service: JSON, version to percent.</summary>
    public const string Weights = "release-recipes/weights";

    /// <summary>The images of versions that ran here: JSON, version to image, newest last.</summary>
    public const string Images = "release-recipes/images";

    /// <summary>The label by which a candidate's pods are told from all others.</summary>
    public const string CandidateOf = "release-recipes/candidate-of";

    /// <summary>The second Deployment and Service, which the recipe makes and takes away.</summary>
    public string Candidate => Deployment + "-candidate";
    public string Preview => Service + "-candidate";

    /// <summary>The workloads of an environment.</summary>
    public static IReadOnlyList<KubernetesNames> Of(EnvironmentSettings environment)
    {
        var settings = environment.Kubernetes;
        return settings.Workloads.Count > 0
            ? [.. settings.Workloads.Select(name => new KubernetesNames(name, name))]
            : [Of(settings.Deployment ?? $"app-{environment.Name}", settings)];
    }

    /// <summary>The labels of everything that the recipe makes.</summary>
    public static JsonObject Labels(string version) =>
        new() { ["app.kubernetes.io/managed-by"] = "release-recipes", ["app.kubernetes.io/version"] = Label(version) };

    /// <summary>Text as a label's value may be: letters, digits, dots, dashes, at most 63.</summary>
    public static string Label(string text)
    {
        var clean = NotLabel().Replace(text, "-");
        return (clean.Length > 63 ? clean[..63] : clean).Trim('-', '_', '.');
    }

    static KubernetesNames Of(string deployment, KubernetesSettings settings) => new(deployment, settings.Service ?? deployment);

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotLabel();
}
