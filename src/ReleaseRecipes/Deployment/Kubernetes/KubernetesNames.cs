using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Deployment;

/// <summary>What the objects of one workload are called, and how ours are marked.</summary>
/// <param name="Deployment">The Deployment of the verified version, which exists before the first release and is adopted.</param>
/// <param name="Service">The Service by which it is reached.</param>
/// <param name="NeedsService">Whether the strategy file names the Service, so that it must be there.</param>
sealed partial record KubernetesNames(string Deployment, string Service, bool NeedsService)
{
    /// <summary>Who made what the recipe makes.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>Which exact version a Deployment runs.</summary>
    public const string Version = "release-recipes/version";

    /// <summary>Which version the main Deployment ran before it took the candidate's over, until that is done.</summary>
    public const string Replaces = "release-recipes/replaces";

    /// <summary>How many instances of it the plan asked for.</summary>
    public const string Instances = "release-recipes/instances";

    /// <summary>How many pods the main Deployment has when all traffic is its own, noted while it has others.</summary>
    public const string Pods = "release-recipes/pods";

    /// <summary>How the traffic is split, on the Service or the route: JSON, version to percent.</summary>
    public const string Weights = "release-recipes/weights";

    /// <summary>The images of versions that ran here: JSON, version to image, newest last.</summary>
    public const string Images = "release-recipes/images";

    /// <summary>The Service's own selector, kept while it points at the candidate.</summary>
    public const string Selector = "release-recipes/selector";

    /// <summary>The label by which a candidate's pods are told from all others.</summary>
    public const string CandidateOf = "release-recipes/candidate-of";

    /// <summary>The second Deployment and Service, which the recipe makes and takes away.</summary>
    public string Candidate => Deployment + "-candidate";
    public string Preview => Service + "-candidate";

    /// <summary>The workloads of an environment.</summary>
    public static IReadOnlyList<KubernetesNames> Of(EnvironmentSettings environment)
    {
        var settings = environment.Kubernetes;
        if (settings.Workloads.Count > 0)
        {
            return [.. settings.Workloads.Select(name => new KubernetesNames(name, name, NeedsService: false))];
        }

        var deployment = settings.Deployment ?? $"app-{environment.Name}";
        return [new KubernetesNames(deployment, settings.Service ?? deployment, settings.Service is not null)];
    }

    /// <summary>The labels of everything that the recipe makes for a release.</summary>
    public static JsonObject Labels(string version, string release) =>
        new()
        {
            [ManagedBy] = KubernetesApi.FieldManager,
            ["app.kubernetes.io/version"] = Label(version),
            ["release-recipes/release"] = Label(release),
        };

    /// <summary>Whether the recipe made it.</summary>
    public static bool IsOurs(JsonNode made) => made.Text("metadata", "labels", ManagedBy) == KubernetesApi.FieldManager;

    /// <summary>Stops before something of that name that somebody else made.</summary>
    /// <exception cref="ReleaseException">It is there, and not ours.</exception>
    public static void DemandOurs(JsonObject? found, KubernetesResource kind, string? where = null)
    {
        if (found is not null && !IsOurs(found))
        {
            throw new ReleaseException(
                $"{kind.Named(found.Name())} was not made by release-recipes and is left alone.",
                where,
                "Rename it: the recipe needs that name for candidates."
            );
        }
    }

    /// <summary>Text as a label's value may be: letters, digits, dots, dashes, at most 63.</summary>
    public static string Label(string text)
    {
        var clean = NotLabel().Replace(text, "-");
        return (clean.Length > 63 ? clean[..63] : clean).Trim('-', '_', '.');
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotLabel();
}
